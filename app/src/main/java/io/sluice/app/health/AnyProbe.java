package io.sluice.app.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Well when one of several is: a service with one running instance still serves.
final class AnyProbe implements Probe {
    private final List<Probe> probes;

    /// @param probes one at least; closed with this one
    AnyProbe(List<Probe> probes) {
        this.probes = List.copyOf(probes);
    }

    @Override
    public @Nullable String run() throws InterruptedException {
        String last = null;
        for (Probe probe : probes) {
            last = probe.run();
            if (last == null) {
                return null;
            }
        }
        return "none of " + probes.size() + " instances is well; the last: " + last;
    }

    @Override
    public void close() {
        probes.forEach(Probe::close);
    }
}
