package io.sluice.proxy.upstream.health;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.discovery.ServiceKeeper;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the health of all services of the process on one virtual thread.
public final class HealthMonitor implements ServiceKeeper.Factory, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);
    private static final long TICK_MILLIS = 100;

    private final Ticker ticker;
    private final Probe probe;
    private final Set<ServiceHealth> services = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("sluice-health").factory());

    public HealthMonitor(Ticker ticker, Probe probe) {
        this.ticker = ticker;
        this.probe = probe;
    }

    /// Starts to move time on for all services, ten times a second.
    public void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ServiceKeeper open(String serviceName) {
        ServiceHealth health =
                new ServiceHealth(serviceName, ticker, new SplittableRandom(), probe, this::decide);
        services.add(health);
        return health;
    }

    /// The health of every service now, by name.
    public List<ServiceReport> reports() {
        return services.stream()
                .filter(health -> !health.closed())
                .map(ServiceHealth::report)
                .sorted((a, b) -> a.service().compareTo(b.service()))
                .toList();
    }

    /// Ends all watching. Snapshots stay as they are.
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void decide(Runnable decision) {
        try {
            thread.execute(() -> guarded(decision));
        } catch (RejectedExecutionException closed) {
            LOG.atDebug().log("Health is watched no more");
        }
    }

    private void tick() {
        services.removeIf(ServiceHealth::closed);
        for (ServiceHealth health : services) {
            guarded(health::tick);
        }
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Watching the health of a service failed");
        }
    }
}
