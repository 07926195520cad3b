package io.sluice.net.http2;

/// What a listener grants its HTTP/2 connections.
///
/// @param maxStreams requests under way at once; more are refused with REFUSED_STREAM
/// @param connectionWindow bytes all request bodies of a connection may be ahead of their receivers; a stream alone
///     65,535
/// @param maxHeaderBytes size of a header list as RFC 9113 6.5.2 counts it; over it 431
/// @param maxFields fields of a head or of trailers, cookie crumbs counted; over it 431
/// @param clocks what takes too long
public record Http2Limits(
        int maxStreams,
        int connectionWindow,
        int maxHeaderBytes,
        int maxFields,
        Http2Clocks clocks) {

    public static final Http2Limits DEFAULT =
            new Http2Limits(100, 1 << 20, 32 * 1024, 100, Http2Clocks.DEFAULT);
}
