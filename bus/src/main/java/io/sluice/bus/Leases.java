package io.sluice.bus;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Sets whose members are in only as long as somebody renews them, so that a node that died leaves no ghost; in Redis
/// a sorted set by expiry in milliseconds, under the key as given. Time is the server's. All calls block and fail like
/// those of [Table].
public interface Leases {

    /// What became of a request for a place.
    enum Admission {
        ADDED,
        /// It was in already; its lease runs anew.
        RENEWED,
        /// As many as allowed are in.
        FULL
    }

    /// Takes a place among at most `limit` living members, atomically over the whole cluster.
    Admission take(Lease lease, Duration length, int limit);

    /// Takes a place without limit.
    default Admission take(Lease lease, Duration length) {
        return take(lease, length, Integer.MAX_VALUE);
    }

    /// Runs many leases anew in few round trips; those that have ended are taken again.
    default void renew(Collection<Lease> leases, Duration length) {
        renew(leases, length, Integer.MAX_VALUE);
    }

    /// Runs many leases anew in few round trips. One that has ended is taken again if fewer than `limit` are alive.
    ///
    /// @return those that found no place
    List<Lease> renew(Collection<Lease> leases, Duration length, int limit);

    /// @return whether it was in, living or not
    boolean release(Lease lease);

    /// Releases many in one round trip.
    void release(Collection<Lease> leases);

    /// Living members, the one that ends first at the head.
    List<String> living(String key);

    /// Takes out all members whose lease has ended and gives each of them to one caller in the cluster only.
    List<String> sweep(String key);

    /// Sweeps many sets in one round trip.
    ///
    /// @return what was taken out of each; sets without ended leases are left out
    Map<String, List<String>> sweep(Collection<String> keys);
}
