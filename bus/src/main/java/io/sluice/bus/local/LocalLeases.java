package io.sluice.bus.local;

import io.sluice.bus.Lease;
import io.sluice.bus.Leases;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Leased sets within this process. Ended leases stay until they are swept.
public final class LocalLeases implements Leases {
    private final Ticker ticker;
    private final ConcurrentHashMap<String, Map<String, Long>> sets = new ConcurrentHashMap<>();

    public LocalLeases(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public Admission take(Lease lease, Duration length, int limit) {
        long now = ticker.epochMillis();
        Admission[] admission = {Admission.FULL};
        sets.compute(
                lease.key(),
                (_, set) -> {
                    Map<String, Long> ends = set == null ? new HashMap<>() : set;
                    admission[0] = admit(ends, lease.member(), now, limit);
                    if (admission[0] != Admission.FULL) {
                        ends.put(lease.member(), now + length.toMillis());
                    }
                    return ends.isEmpty() ? null : ends;
                });
        return admission[0];
    }

    private static Admission admit(Map<String, Long> ends, String member, long now, int limit) {
        Long end = ends.get(member);
        if (end != null && end > now) {
            return Admission.RENEWED;
        }
        if (limit == Integer.MAX_VALUE) {
            return Admission.ADDED;
        }
        long living = ends.values().stream().filter(other -> other > now).count();
        return living < limit ? Admission.ADDED : Admission.FULL;
    }

    @Override
    public List<Lease> renew(Collection<Lease> leases, Duration length, int limit) {
        return leases.stream()
                .filter(lease -> take(lease, length, limit) == Admission.FULL)
                .toList();
    }

    @Override
    public boolean release(Lease lease) {
        boolean[] released = new boolean[1];
        sets.computeIfPresent(
                lease.key(),
                (_, ends) -> {
                    released[0] = ends.remove(lease.member()) != null;
                    return ends.isEmpty() ? null : ends;
                });
        return released[0];
    }

    @Override
    public void release(Collection<Lease> leases) {
        leases.forEach(this::release);
    }

    @Override
    public List<String> living(String key) {
        long now = ticker.epochMillis();
        List<Map.Entry<String, Long>> living = new ArrayList<>();
        sets.computeIfPresent(
                key,
                (_, ends) -> {
                    for (Map.Entry<String, Long> end : ends.entrySet()) {
                        if (end.getValue() > now) {
                            living.add(Map.entry(end.getKey(), end.getValue()));
                        }
                    }
                    return ends;
                });
        living.sort(Map.Entry.comparingByValue());
        return living.stream().map(Map.Entry::getKey).toList();
    }

    @Override
    public List<String> sweep(String key) {
        long now = ticker.epochMillis();
        List<String> ended = new ArrayList<>();
        sets.computeIfPresent(
                key,
                (_, ends) -> {
                    for (Map.Entry<String, Long> end : ends.entrySet()) {
                        if (end.getValue() <= now) {
                            ended.add(end.getKey());
                        }
                    }
                    ended.forEach(ends::remove);
                    return ends.isEmpty() ? null : ends;
                });
        return ended;
    }

    @Override
    public Map<String, List<String>> sweep(Collection<String> keys) {
        Map<String, List<String>> all = new HashMap<>();
        for (String key : keys) {
            List<String> ended = sweep(key);
            if (!ended.isEmpty()) {
                all.put(key, ended);
            }
        }
        return all;
    }
}
