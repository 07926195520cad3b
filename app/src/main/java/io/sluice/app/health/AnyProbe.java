package io.sluice.app.health;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Well when one of several is: a service with one running instance still serves. All are asked at once, so that a run
/// takes no longer than the longest of them, and one that is silent leaves the others their time.
final class AnyProbe implements Probe {
    private final List<Probe> probes;

    /// @param probes one at least; closed with this one
    AnyProbe(List<Probe> probes) {
        this.probes = List.copyOf(probes);
    }

    @Override
    public @Nullable String run() throws InterruptedException {
        List<Callable<Optional<String>>> runs = probes.stream().map(AnyProbe::task).toList();
        String last = "";
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Optional<String>> ended : each.invokeAll(runs)) {
                Optional<String> error = ended.resultNow();
                if (error.isEmpty()) {
                    return null;
                }
                last = error.get();
            }
        }
        return "none of " + probes.size() + " instances is well; the last: " + last;
    }

    private static Callable<Optional<String>> task(Probe probe) {
        return () -> Optional.ofNullable(probe.run());
    }

    @Override
    public void close() {
        probes.forEach(Probe::close);
    }
}
