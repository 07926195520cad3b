package io.sluice.realtime.session;

import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Leases of a bus where something happens between the moment somebody decides to renew and the renewal.
public record LeasesInterrupted(Leases inner, Runnable beforeRenewal) implements Leases {
    @Override
    public Admission take(Lease lease, Duration length, int limit) {
        return inner.take(lease, length, limit);
    }

    @Override
    public List<Lease> renew(Collection<Lease> leases, Duration length, int limit) {
        beforeRenewal.run();
        return inner.renew(leases, length, limit);
    }

    @Override
    public boolean release(Lease lease) {
        return inner.release(lease);
    }

    @Override
    public void release(Collection<Lease> leases) {
        inner.release(leases);
    }

    @Override
    public List<String> living(String key) {
        return inner.living(key);
    }

    @Override
    public List<String> sweep(String key) {
        return inner.sweep(key);
    }

    @Override
    public Map<String, List<String>> sweep(Collection<String> keys) {
        return inner.sweep(keys);
    }
}
