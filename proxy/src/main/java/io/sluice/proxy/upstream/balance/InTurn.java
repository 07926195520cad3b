package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Round robin, plain or weighted. One counter for all loops, so shares are exact over the whole process.
final class InTurn implements Balancer {
    private final Prepared<Schedule> schedule;
    private final AtomicInteger turn = new AtomicInteger();

    InTurn(Service service, Weighing weighing) {
        this.schedule = new Prepared<>(service, set -> Schedule.of(set.usable(), weighing));
    }

    @Override
    public @Nullable Instance pick(PickContext context) {
        return schedule.get().at(turn.getAndIncrement(), context);
    }
}
