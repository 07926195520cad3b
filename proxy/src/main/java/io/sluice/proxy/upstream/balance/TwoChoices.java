package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cheaper of two random instances. Loops that see the same costs do not all run to the same instance, and a pick
/// costs the same for any number of them.
final class TwoChoices implements Balancer {
    private final Service service;
    private final Cost cost;
    private final LoopRandom random;
    private final Cheapest cheapest;

    TwoChoices(Service service, Cost cost, LoopRandom random) {
        this.service = service;
        this.cost = cost;
        this.random = random;
        this.cheapest = new Cheapest(service, cost, random);
    }

    @Override
    public @Nullable Instance pick(PickContext context) {
        List<Instance> usable = service.instances().usable();
        int size = usable.size();
        if (size < 2 || context.attemptsMade() > 0) {
            return cheapest.pick(context);
        }
        int first = random.below(size, context.loopIndex());
        int second = random.below(size - 1, context.loopIndex());
        Instance one = usable.get(first);
        Instance other = usable.get(second < first ? second : second + 1);
        return cost.of(other) < cost.of(one) ? other : one;
    }
}
