package io.sluice.net.http1;

import java.time.Duration;

/// What a listener grants its HTTP/1.1 connections.
///
/// @param headLimits bounds of request heads and trailers
/// @param headTimeout from the first byte of a head to its last; then 408
/// @param idleTimeout between requests, and before the first; then a silent close
/// @param bodyWindow how long a body may stay below `minBodyRate`; then 408; zero for no minimum
/// @param minBodyRate bytes a second a client must send on average over `bodyWindow`, 0 for no minimum
/// @param stallTimeout how long a client may take nothing while an answer waits; then the connection is cut; zero for
///     ever
public record Http1Settings(
        HeadLimits headLimits,
        Duration headTimeout,
        Duration idleTimeout,
        Duration bodyWindow,
        int minBodyRate,
        Duration stallTimeout) {

    public static final Http1Settings DEFAULT =
            new Http1Settings(
                    HeadLimits.DEFAULT,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(180),
                    Duration.ofSeconds(30),
                    1024,
                    Duration.ofSeconds(60));
}
