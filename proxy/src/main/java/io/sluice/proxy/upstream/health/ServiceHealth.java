package io.sluice.proxy.upstream.health;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.CallResult;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceFeedback;
import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.LatencyMeter;
import io.sluice.proxy.upstream.Service;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import io.sluice.proxy.upstream.discovery.Member;
import io.sluice.proxy.upstream.discovery.OutlierConfig;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import io.sluice.proxy.upstream.discovery.ServiceKeeper;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides which instances of one service may be picked. Loops count here without waiting; what a count leads to, and
/// everything else, runs under one lock that no loop takes.
final class ServiceHealth implements ServiceKeeper, InstanceFeedback {
    private static final long FIRST_CHECK_SPREAD_NANOS = 500_000_000L;

    private final Ticker ticker;
    private final RandomGenerator random;
    private final Probe probe;
    private final Executor decisions;
    private final Service service;
    private final HealthLog log;
    private final SequencedMap<Instance, InstanceHealth> watched = new LinkedHashMap<>();
    private volatile ServiceHealthConfig config = ServiceHealthConfig.DEFAULT;
    private boolean known;
    private boolean panic;
    private volatile boolean closed;

    /// @param decisions runs one task at a time, off the loops
    ServiceHealth(
            String name, Ticker ticker, RandomGenerator random, Probe probe, Executor decisions) {
        this.ticker = ticker;
        this.random = random;
        this.probe = probe;
        this.decisions = decisions;
        this.log = new HealthLog(name);
        this.service = new Service(name, InstanceSet.EMPTY, this);
    }

    @Override
    public Service service() {
        return service;
    }

    // ---- what loops call

    @Override
    public void started(Instance instance) {
        instance.load().started();
    }

    @Override
    public void answered(Instance instance, int status, long nanos) {
        LatencyMeter latency = instance.load().latency();
        if (latency != null) {
            latency.record(nanos, ticker.nanos());
        }
    }

    @Override
    public void finished(Instance instance, CallResult result) {
        instance.load().finished();
        LatencyMeter latency = instance.load().latency();
        if (latency != null) {
            latency.outcome(result);
        }
        if (result == CallResult.SUCCESS) {
            instance.load().forgetFailures();
        } else if (result.failure()) {
            OutlierConfig outlier = config.outlierDetection();
            int row = instance.load().failed();
            if (outlier.enabled() && row % outlier.consecutiveErrors() == 0) {
                decisions.execute(() -> consider(instance));
            }
        }
    }

    // ---- decisions

    @Override
    public synchronized void update(List<Member> members, ServiceHealthConfig newConfig) {
        long now = ticker.nanos();
        config = newConfig;
        Map<Instance, InstanceHealth> before = new LinkedHashMap<>(watched);
        watched.clear();
        for (Member member : members) {
            InstanceHealth old = before.get(member.instance());
            InstanceHealth health = old == null ? join(member, now) : old;
            health.mark(member.spec().mark());
            if (checks() == null) {
                health.forgetChecks();
            }
            health.ramp(now, newConfig.slowStart().toNanos());
            watched.put(member.instance(), health);
        }
        known = true;
        publish();
    }

    private InstanceHealth join(Member member, long now) {
        long firstCheck = now + (long) (random.nextDouble() * FIRST_CHECK_SPREAD_NANOS);
        InstanceHealth health = new InstanceHealth(member, firstCheck);
        if (known) {
            startRamp(health, now);
        }
        return health;
    }

    /// Moves time on: ends ejections, moves slow starts, starts the checks that are due.
    synchronized void tick() {
        long now = ticker.nanos();
        long slowStart = config.slowStart().toNanos();
        HealthCheckConfig checks = checks();
        boolean changed = false;
        for (InstanceHealth health : watched.values()) {
            if (health.expireEjection(now)) {
                changed = true;
                log.returned(health);
                startRamp(health, now);
            }
            changed |= health.ramp(now, slowStart);
            if (checks != null && health.checkDue(now)) {
                check(health, checks);
            }
        }
        if (changed) {
            publish();
        }
    }

    private void check(InstanceHealth health, HealthCheckConfig checks) {
        Instance instance = health.instance();
        probe.check(
                instance,
                checks,
                failure -> decisions.execute(() -> checked(instance, checks, failure)));
    }

    private synchronized void checked(
            Instance instance, HealthCheckConfig checks, @Nullable String failure) {
        InstanceHealth health = watched.get(instance);
        if (health == null) {
            return;
        }
        long now = ticker.nanos();
        double jitter = 0.9 + random.nextDouble() * 0.2;
        boolean changed = health.checked(failure == null, checks, now, jitter);
        if (checks() == null) {
            health.forgetChecks();
        } else if (changed) {
            if (failure == null) {
                log.passes(health);
                instance.load().forgetFailures();
                startRamp(health, now);
            } else {
                log.fails(health, failure);
            }
            publish();
        }
    }

    private synchronized void consider(Instance instance) {
        InstanceHealth health = watched.get(instance);
        OutlierConfig outlier = config.outlierDetection();
        if (health == null
                || health.state() != HealthState.HEALTHY
                || !outlier.enabled()
                || count(HealthState.EJECTED) >= mayBeOut(outlier)) {
            return;
        }
        instance.load().forgetFailures();
        health.eject(ticker.nanos(), outlier);
        log.ejected(health);
        publish();
    }

    private int mayBeOut(OutlierConfig outlier) {
        int callable = watched.size() - count(HealthState.DISABLED);
        if (outlier.maxEjectionPercent() == 0 || callable < 2) {
            return 0;
        }
        return Math.max(1, callable * outlier.maxEjectionPercent() / 100);
    }

    private int count(HealthState state) {
        int count = 0;
        for (InstanceHealth health : watched.values()) {
            if (health.state() == state) {
                count++;
            }
        }
        return count;
    }

    private void startRamp(InstanceHealth health, long now) {
        if (!config.slowStart().isZero()) {
            health.startRamp(now);
        }
    }

    private @Nullable HealthCheckConfig checks() {
        HealthCheckConfig checks = config.healthCheck();
        return checks != null && checks.enabled() ? checks : null;
    }

    private void publish() {
        Collection<InstanceHealth> all = watched.values();
        Selection selection = Selection.of(all, config.panicThreshold());
        if (selection.panic() != panic) {
            panic = selection.panic();
            log.panic(panic);
        }
        service.instances(selection.instances());
    }

    synchronized ServiceReport report() {
        return new ServiceReport(
                service.name(),
                panic,
                watched.values().stream().map(InstanceHealth::report).toList());
    }

    @Override
    public synchronized void close() {
        closed = true;
        config = ServiceHealthConfig.DEFAULT;
        watched.clear();
    }

    boolean closed() {
        return closed;
    }
}
