package io.sluice.net.http2;

import java.time.Duration;

/// The time a listener grants its HTTP/2 connections.
///
/// @param headTimeout from install to the client's SETTINGS, and from the first byte of a head to its last
/// @param idleTimeout without any request
/// @param stallTimeout how long a client may hardly take anything while an answer waits; then the stream is reset; zero
///     for ever
/// @param bodyWindow how long a request body may stay below `minBodyRate`; then 408; zero for no minimum
/// @param minBodyRate bytes a second a client must send on average over `bodyWindow`, 0 for no minimum; calls of gRPC are
///     exempt, since their bodies are streams of messages
public record Http2Clocks(
        Duration headTimeout,
        Duration idleTimeout,
        Duration stallTimeout,
        Duration bodyWindow,
        int minBodyRate) {

    public static final Http2Clocks DEFAULT =
            new Http2Clocks(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(180),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    1024);
}
