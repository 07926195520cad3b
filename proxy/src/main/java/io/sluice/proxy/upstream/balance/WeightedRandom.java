package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A random instance, each as likely as its share.
final class WeightedRandom implements Balancer {
    private final Service service;
    private final LoopRandom random;

    WeightedRandom(Service service, LoopRandom random) {
        this.service = service;
        this.random = random;
    }

    @Override
    public @Nullable Instance pick(PickContext context) {
        List<Instance> usable = service.instances().usable();
        double untried = sum(usable, context, Tier.UNTRIED);
        Tier tier = untried > 0 ? Tier.UNTRIED : Tier.ALL;
        double sum = untried > 0 ? untried : sum(usable, context, Tier.ALL);
        double point = random.fraction(context.loopIndex()) * sum;
        Instance last = null;
        for (int i = 0; i < usable.size(); i++) {
            Instance instance = usable.get(i);
            if (tier.admits(instance, context)) {
                last = instance;
                point -= Weighing.BY_WEIGHT.share(instance);
                if (point < 0) {
                    return instance;
                }
            }
        }
        return last;
    }

    private static double sum(List<Instance> usable, PickContext context, Tier tier) {
        double sum = 0;
        for (int i = 0; i < usable.size(); i++) {
            Instance instance = usable.get(i);
            if (tier.admits(instance, context)) {
                sum += Weighing.BY_WEIGHT.share(instance);
            }
        }
        return sum;
    }
}
