package io.sluice.app.health;

import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Runs the configured checks, each on a virtual thread of its own, and keeps the last result of each. Reading
/// results never waits.
public final class HealthChecks implements AutoCloseable {
    private final Map<String, HealthCheck> checks;
    private final Ticker ticker;
    private final ConcurrentMap<String, CheckResult> results = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    private HealthChecks(Map<String, HealthCheck> checks, Ticker ticker) {
        this.checks = checks;
        this.ticker = ticker;
    }

    /// Starts all checks; the first results come as soon as the checks answer.
    public static HealthChecks start(Map<String, HealthCheck> checks, Ticker ticker) {
        HealthChecks running = new HealthChecks(Map.copyOf(checks), ticker);
        Map<String, Probe> probes = probes(checks);
        checks.forEach((name, check) -> running.start(name, check, probes.get(name)));
        return running;
    }

    /// All or none: before the first one runs.
    private static Map<String, Probe> probes(Map<String, HealthCheck> checks) {
        Map<String, Probe> probes = new LinkedHashMap<>();
        try {
            checks.forEach((name, check) -> {
                Probe probe = check.probe();
                if (probe != null) {
                    probes.put(name, probe);
                }
            });
            return probes;
        } catch (RuntimeException unusable) {
            probes.values().forEach(Probe::close);
            throw unusable;
        }
    }

    /// What these checks were started with; equal ones need no restart.
    public Map<String, HealthCheck> checks() {
        return checks;
    }

    /// Last result of each check by name, names in alphabetical order.
    public Map<String, CheckResult> results() {
        return new TreeMap<>(results);
    }

    /// Stops all checks; a run under way is interrupted.
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }

    private void start(String name, HealthCheck check, @Nullable Probe probe) {
        if (probe == null) {
            results.put(name, CheckResult.of(CheckResult.Status.UNSUPPORTED));
        } else {
            repeat(name, check.config(), probe);
        }
    }

    private void repeat(String name, CheckConfig config, Probe probe) {
        results.put(name, CheckResult.of(CheckResult.Status.UNKNOWN));
        threads.add(
                Thread.ofVirtual()
                        .name("health-" + name)
                        .start(() -> repeat(name, probe, config.pause())));
    }

    private void repeat(String name, Probe probe, Duration interval) {
        try (probe) {
            while (!Thread.currentThread().isInterrupted()) {
                results.put(name, run(probe));
                Pause.of(interval);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private CheckResult run(Probe probe) throws InterruptedException {
        long start = ticker.nanos();
        String error = probe.run();
        Duration duration = Duration.ofNanos(ticker.nanos() - start);
        return error == null
                ? new CheckResult(CheckResult.Status.HEALTHY, null, duration)
                : new CheckResult(CheckResult.Status.UNHEALTHY, error, duration);
    }
}
