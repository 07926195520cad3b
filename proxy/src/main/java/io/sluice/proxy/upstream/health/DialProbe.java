package io.sluice.proxy.upstream.health;

import io.sluice.net.dial.Dialer;
import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// Checks an instance the way requests reach it: a new connection, with the TLS and the version of HTTP its origin says,
/// on one of the loops in turn. Never waits on a loop.
public final class DialProbe implements Probe {
    private final Dialer dialer;
    private final List<Loop> loops;
    private final AtomicInteger turn = new AtomicInteger();

    public DialProbe(Dialer dialer, List<Loop> loops) {
        this.dialer = dialer;
        this.loops = List.copyOf(loops);
    }

    @Override
    public void check(Instance instance, HealthCheckConfig config, Result result) {
        Loop loop = loops.get(Integer.remainderUnsigned(turn.getAndIncrement(), loops.size()));
        DialCheck check = new DialCheck(loop, instance.origin(), config, result);
        try {
            loop.executor().execute(() -> check.start(dialer));
        } catch (RejectedExecutionException closing) {
            result.done("the gateway is closing");
        }
    }
}
