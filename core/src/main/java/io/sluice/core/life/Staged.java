package io.sluice.core.life;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Named objects that outlive reloads, such as counters and budgets. What the next configuration asks for is prepared
/// beside what is in force: [#commit] puts it in force and forgets what nobody asked for, [#abandon] forgets it. Any
/// thread, one at a time that prepares.
public final class Staged<V> {
    private volatile Map<String, V> inForce = Map.of();
    private final Map<String, V> next = new HashMap<>();

    /// The object of this name for the configuration that is being prepared: the one asked for before, else the one in
    /// force if it fits, else a new one.
    public synchronized V of(String name, Predicate<V> fits, Supplier<V> make) {
        V asked = next.get(name);
        if (asked != null && fits.test(asked)) {
            return asked;
        }
        V old = inForce.get(name);
        V chosen = old != null && fits.test(old) ? old : make.get();
        next.put(name, chosen);
        return chosen;
    }

    public synchronized void commit() {
        inForce = Map.copyOf(next);
        next.clear();
    }

    public synchronized void abandon() {
        next.clear();
    }

    public Map<String, V> inForce() {
        return inForce;
    }

    /// Null when no object of this name is in force.
    public @Nullable V inForce(String name) {
        return inForce.get(name);
    }
}
