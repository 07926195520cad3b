package io.sluice.net.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// One value for each loop of the process, so that state may change without locks. A value is used on its loop only.
public final class PerLoop<T> {
    private final List<T> values;

    /// @param loops how many loops the process has
    public PerLoop(int loops, Supplier<T> make) {
        List<T> made = new ArrayList<>(loops);
        for (int i = 0; i < loops; i++) {
            made.add(make.get());
        }
        values = List.copyOf(made);
    }

    public T of(Loop loop) {
        return values.get(loop.index());
    }

    /// All values in the order of the loops, for closing and for sums of what may be read anywhere.
    public List<T> all() {
        return values;
    }
}
