package io.sluice.proxy.upstream.health;

import io.sluice.net.dial.Origin;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import io.sluice.proxy.upstream.discovery.InstanceSpec.Mark;
import io.sluice.proxy.upstream.discovery.Member;
import io.sluice.proxy.upstream.discovery.OutlierConfig;
import io.sluice.proxy.upstream.health.ServiceReport.Checks;
import io.sluice.proxy.upstream.health.ServiceReport.InstanceReport;

/// Everything known about one instance's health. Guarded by its [ServiceHealth].
final class InstanceHealth {
    /// Share of an instance at the first moment of its slow start.
    static final double FIRST_SHARE = 0.1;

    private final Instance instance;
    private final Ejection ejection = new Ejection();
    private CheckState checks = new CheckState();
    private Mark mark;
    private boolean checking;
    private long nextCheck;
    private long rampFrom;
    private boolean ramping;
    private long passed;
    private long failed;
    private long ejections;

    InstanceHealth(Member member, long firstCheck) {
        this.instance = member.instance();
        this.mark = member.spec().mark();
        this.nextCheck = firstCheck;
    }

    Instance instance() {
        return instance;
    }

    HealthState state() {
        if (mark == Mark.UNHEALTHY) {
            return HealthState.DISABLED;
        }
        if (!checks.well()) {
            return HealthState.UNHEALTHY;
        }
        return ejection.out() ? HealthState.EJECTED : HealthState.HEALTHY;
    }

    void mark(Mark newMark) {
        mark = newMark;
    }

    /// Whether to start a check now; answers true once per check.
    boolean checkDue(long now) {
        if (checking || mark == Mark.UNHEALTHY || now - nextCheck < 0) {
            return false;
        }
        checking = true;
        return true;
    }

    /// @param jitter factor near 1 on the time to the next check
    /// @return whether the verdict changed
    boolean checked(boolean well, HealthCheckConfig config, long now, double jitter) {
        checking = false;
        if (well) {
            passed++;
        } else {
            failed++;
        }
        boolean changed = checks.observe(well, config.pace());
        long pause =
                (checks.suspect() ? config.pace().unhealthyInterval() : config.pace().interval())
                        .toNanos();
        nextCheck = now + (long) (pause * jitter);
        return changed;
    }

    /// Nobody checks any more: what earlier checks said is forgotten.
    void forgetChecks() {
        checks = new CheckState();
    }

    void eject(long now, OutlierConfig config) {
        ejection.eject(now, config);
        ejections++;
    }

    boolean expireEjection(long now) {
        return ejection.expire(now);
    }

    void startRamp(long now) {
        ramping = true;
        rampFrom = now;
        instance.load().readiness(FIRST_SHARE);
    }

    /// Moves the slow start on, in steps of a tenth.
    ///
    /// @return whether the share changed
    boolean ramp(long now, long slowStart) {
        if (!ramping) {
            return false;
        }
        double part = slowStart <= 0 ? 1 : (double) (now - rampFrom) / slowStart;
        double share = Math.clamp(Math.floor(part * 10) / 10, FIRST_SHARE, 1);
        ramping = share < 1;
        boolean changed = share != instance.load().readiness();
        if (changed) {
            instance.load().readiness(share);
        }
        return changed;
    }

    InstanceReport report() {
        Origin origin = instance.origin();
        return new InstanceReport(
                instance.id(),
                origin.host() + ':' + origin.port(),
                state(),
                instance.load().active(),
                instance.load().readiness(),
                new Checks(passed, failed),
                ejections);
    }
}
