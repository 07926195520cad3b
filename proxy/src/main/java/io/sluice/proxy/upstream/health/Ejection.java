package io.sluice.proxy.upstream.health;

import io.sluice.proxy.upstream.discovery.OutlierConfig;

/// For how long an instance is left out. Each ejection adds the base time to the last one; each base time survived
/// without one takes it off again. Not thread-safe.
final class Ejection {
    private int times;
    private long until;
    private boolean out;

    /// Leaves the instance out from `now` on.
    void eject(long now, OutlierConfig config) {
        long base = config.baseEjectionTime().toNanos();
        if (times > 0) {
            long quiet = Math.max(0, now - until) / base;
            times = (int) Math.max(0, times - quiet);
        }
        times++;
        until = now + Math.min(saturated(base, times), config.maxEjectionTime().toNanos());
        out = true;
    }

    private static long saturated(long base, int factor) {
        return base > Long.MAX_VALUE / 4 / factor ? Long.MAX_VALUE / 4 : base * factor;
    }

    /// Ends an ejection whose time is over.
    ///
    /// @return whether it ended with this call
    boolean expire(long now) {
        if (!out || now - until < 0) {
            return false;
        }
        out = false;
        return true;
    }

    boolean out() {
        return out;
    }

    /// How often the instance was left out lately; the factor of the last ejection time.
    int times() {
        return times;
    }
}
