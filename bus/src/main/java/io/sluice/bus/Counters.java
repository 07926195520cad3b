package io.sluice.bus;

import java.time.Duration;
import java.util.Collection;

/// Numbers to which every node adds its part. The part of a node that no longer renews it is left out, so that a node
/// that died does not count for ever. All calls block and fail like those of [Table].
public interface Counters {

    /// Adds to this node's part, which then lives for `length`.
    ///
    /// @return the sum over all living nodes
    long add(String key, long delta, Duration length);

    /// Sum over all living nodes.
    long get(String key);

    /// Lets this node's parts live for `length` from now, in one round trip.
    void renew(Collection<String> keys, Duration length);
}
