package io.sluice.net.http2;

import java.time.Duration;

/// What a listener grants its HTTP/2 connections.
///
/// @param maxStreams requests under way at once; more are refused with REFUSED_STREAM
/// @param connectionWindow bytes all request bodies of a connection may be ahead of their receivers; a stream alone
///     65,535
/// @param maxHeaderBytes size of a header list as RFC 9113 6.5.2 counts it; over it 431
/// @param maxFields fields of a head or of trailers, cookie crumbs counted; over it 431
/// @param headTimeout from install to the client's SETTINGS, and from the first byte of a head to its last
/// @param idleTimeout without any request
/// @param stallTimeout how long a client may hardly take anything while an answer waits; then the stream is reset
/// @param minBodyRate bytes a second of an announced request body, over two quarters of `stallTimeout`; then 408
public record Http2Limits(
        int maxStreams,
        int connectionWindow,
        int maxHeaderBytes,
        int maxFields,
        Duration headTimeout,
        Duration idleTimeout,
        Duration stallTimeout,
        int minBodyRate) {

    public static final Http2Limits DEFAULT =
            new Http2Limits(
                    100,
                    1 << 20,
                    32 * 1024,
                    100,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(180),
                    Duration.ofSeconds(60),
                    1024);
}
