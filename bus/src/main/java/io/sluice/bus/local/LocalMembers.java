package io.sluice.bus.local;

import io.sluice.bus.Members;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Sets of members within this process.
public final class LocalMembers implements Members {
    private final ConcurrentHashMap<String, Set<String>> sets = new ConcurrentHashMap<>();

    @Override
    public boolean add(String key, String member) {
        boolean[] added = new boolean[1];
        sets.compute(
                key,
                (_, set) -> {
                    Set<String> changed = set == null ? ConcurrentHashMap.newKeySet() : set;
                    added[0] = changed.add(member);
                    return changed;
                });
        return added[0];
    }

    @Override
    public boolean remove(String key, String member) {
        boolean[] removed = new boolean[1];
        sets.computeIfPresent(
                key,
                (_, set) -> {
                    removed[0] = set.remove(member);
                    return set.isEmpty() ? null : set;
                });
        return removed[0];
    }

    @Override
    public boolean contains(String key, String member) {
        Set<String> set = sets.get(key);
        return set != null && set.contains(member);
    }

    @Override
    public Set<String> some(String key, int most) {
        Set<String> found = new HashSet<>();
        for (String member : sets.getOrDefault(key, Set.of())) {
            if (found.size() == most) {
                break;
            }
            found.add(member);
        }
        return Set.copyOf(found);
    }

    @Override
    public int size(String key) {
        return sets.getOrDefault(key, Set.of()).size();
    }
}
