package io.sluice.proxy.upstream.balance;

import io.sluice.core.config.Alias;

/// The values of a route's `loadBalance`.
public enum Strategy {
    ROUND_ROBIN,
    /// In turn, by weight, evenly spread.
    @Alias("weighted")
    WEIGHTED_ROUND_ROBIN,
    WEIGHTED_RANDOM,
    @Alias("least_conn")
    LEAST_CONNECTIONS,
    /// The less busy of two random ones.
    @Alias({"power_of_two", "power_of_two_choices"})
    P2C,
    /// The faster of two random ones, by moving average times calls under way.
    @Alias("ewma")
    RESPONSE_TIME,
    /// As RESPONSE_TIME, and instances whose calls fail count as slower.
    ADAPTIVE,
    /// The same key goes to the same instance, until that one is too busy.
    CONSISTENT_HASH,
    /// Round robin for new sessions, the same instance for known ones.
    @Alias("sticky")
    STICKY_SESSION
}
