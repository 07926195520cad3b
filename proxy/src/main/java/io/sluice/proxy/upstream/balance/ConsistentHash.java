package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceSet;
import io.sluice.proxy.upstream.PickContext;
import io.sluice.proxy.upstream.Service;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sends the same key to the same instance, unless that one has more than a quarter above its share of the calls under
/// way; then, as when it is not usable, the key goes to the next instance on the ring. The ring holds all instances of
/// the service, so it is not worked out again when their health changes.
final class ConsistentHash implements Balancer {
    /// Calls under way an instance may have, relative to its share.
    static final double BOUND = 1.25;

    private final Prepared<Plan> plan;
    private volatile @Nullable Ring lastRing;

    private static final class Plan {
        final Ring ring;

        /// By index in the ring: the part of all calls that is the instance's, 0 for those not usable.
        final double[] shares;

        Plan(Ring ring, double[] shares) {
            this.ring = ring;
            this.shares = shares;
        }
    }

    ConsistentHash(Service service) {
        this.plan = new Prepared<>(service, this::prepare);
    }

    private Plan prepare(InstanceSet set) {
        Ring ring = lastRing;
        if (ring == null || !ring.fits(set.all())) {
            ring = Ring.of(set.all());
            lastRing = ring;
        }
        Set<Instance> callable = new HashSet<>(set.usable());
        double[] shares = new double[set.all().size()];
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            Instance instance = set.all().get(i);
            shares[i] = callable.contains(instance) ? Weighing.BY_WEIGHT.share(instance) : 0;
            sum += shares[i];
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = sum > 0 ? shares[i] / sum : 0;
        }
        return new Plan(ring, shares);
    }

    @Override
    public @Nullable Instance pick(PickContext context) {
        Plan now = plan.get();
        Ring ring = now.ring;
        int size = ring.size();
        if (size == 0) {
            return null;
        }
        int active = active(now);
        int at = ring.position(RequestKey.hash(context.exchange()));
        int busy = -1;
        int tried = -1;
        for (int steps = 0; steps < size; steps++) {
            int owner = ring.owner(at);
            at = at + 1 == size ? 0 : at + 1;
            if (now.shares[owner] == 0) {
                continue;
            }
            Instance instance = ring.instance(owner);
            if (!Tier.UNTRIED.admits(instance, context)) {
                tried = tried < 0 ? owner : tried;
            } else if (instance.load().active() < limit(now.shares[owner], active)) {
                return instance;
            } else {
                busy = busy < 0 ? owner : busy;
            }
        }
        int fallback = busy >= 0 ? busy : tried;
        return fallback < 0 ? null : ring.instance(fallback);
    }

    private static int active(Plan plan) {
        int active = 0;
        for (int i = 0; i < plan.shares.length; i++) {
            if (plan.shares[i] > 0) {
                active += plan.ring.instance(i).load().active();
            }
        }
        return active;
    }

    /// Calls an instance may have under way while there are `active` in all, the new one not counted.
    static double limit(double share, int active) {
        return Math.ceil(BOUND * share * (active + 1));
    }
}
