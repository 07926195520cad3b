package io.sluice.proxy.upstream.pool;

import io.sluice.core.life.Swap;
import io.sluice.net.dial.Dialer;
import io.sluice.net.dial.Origin;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceMeters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// All pools of one loop. Pools come into being with the first call to an instance and go when the instance is retired
/// and its last connection closed.
public final class LoopPools {
    /// How often idle connections are looked at while there are any.
    static final long SWEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final Dialer dialer;
    private final Swap<PoolConfig> limits;
    private final InstanceMeters meters;
    private final Map<Instance, InstancePool> pools = new HashMap<>();
    private final Timer sweep;
    private int idle;
    private boolean closed;

    LoopPools(Loop loop, Dialer dialer, Swap<PoolConfig> limits, InstanceMeters meters) {
        this.loop = loop;
        this.dialer = dialer;
        this.limits = limits;
        this.meters = meters;
        this.sweep = loop.timers().timer(this::sweep);
    }

    public InstancePool of(Instance instance) {
        InstancePool pool = pools.get(instance);
        if (pool == null) {
            pool = new InstancePool(this, instance, meters.of(instance));
            pools.put(instance, pool);
        }
        return pool;
    }

    /// Closes what is idle now and keeps nothing from here on.
    public void close() {
        closed = true;
        sweepOnce();
    }

    /// How many instances have a pool here.
    public int size() {
        return pools.size();
    }

    boolean closed() {
        return closed;
    }

    PoolConfig limits() {
        return limits.get();
    }

    long now() {
        return loop.ticker().nanos();
    }

    int idle() {
        return idle;
    }

    void countIdle(int change) {
        idle += change;
    }

    void dial(Origin origin, InstancePool pool) {
        dialer.dial(origin, loop, pool);
    }

    void sweepLater() {
        if (!sweep.armed()) {
            sweep.in(SWEEP_NANOS);
        }
    }

    void forgetIfGone(InstancePool pool) {
        if (pool.gone()) {
            pools.remove(pool.instance(), pool);
        }
    }

    private void sweep() {
        if (sweepOnce()) {
            sweep.in(SWEEP_NANOS);
        }
    }

    private boolean sweepOnce() {
        long now = now();
        boolean more = false;
        List<InstancePool> all = new ArrayList<>(pools.values());
        for (InstancePool pool : all) {
            pool.sweep(now);
            forgetIfGone(pool);
            more |= pool.holdsIdle();
        }
        return more;
    }
}
