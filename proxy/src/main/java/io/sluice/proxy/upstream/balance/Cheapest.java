package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The instance of the lowest cost, a random one among equals.
final class Cheapest implements Balancer {
    private final Service service;
    private final Cost cost;
    private final LoopRandom random;

    Cheapest(Service service, Cost cost, LoopRandom random) {
        this.service = service;
        this.cost = cost;
        this.random = random;
    }

    @Override
    public @Nullable Instance pick(PickContext context) {
        List<Instance> usable = service.instances().usable();
        Instance untried = cheapest(usable, context, Tier.UNTRIED);
        return untried != null ? untried : cheapest(usable, context, Tier.ALL);
    }

    private @Nullable Instance cheapest(List<Instance> usable, PickContext context, Tier tier) {
        int size = usable.size();
        if (size == 0) {
            return null;
        }
        Instance best = null;
        double lowest = 0;
        int start = random.below(size, context.loopIndex());
        for (int i = 0; i < size; i++) {
            int at = start + i;
            Instance instance = usable.get(at < size ? at : at - size);
            if (tier.admits(instance, context)) {
                double its = cost.of(instance);
                if (best == null || its < lowest) {
                    best = instance;
                    lowest = its;
                }
            }
        }
        return best;
    }
}
