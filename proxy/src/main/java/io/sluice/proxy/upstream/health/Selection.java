package io.sluice.proxy.upstream.health;

import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Which instances of a service may be picked.
///
/// @param panic whether those that are not well may be picked too
record Selection(InstanceSet instances, boolean panic) {

    /// Takes those that are well; all but the disabled ones when those are fewer than `panicThreshold` of them, or none.
    /// Among these, instances of weight 0 stay out unless no other is left.
    static Selection of(Collection<InstanceHealth> all, double panicThreshold) {
        List<Instance> every = new ArrayList<>(all.size());
        List<Instance> callable = new ArrayList<>(all.size());
        List<Instance> well = new ArrayList<>(all.size());
        for (InstanceHealth health : all) {
            every.add(health.instance());
            HealthState state = health.state();
            if (state != HealthState.DISABLED) {
                callable.add(health.instance());
            }
            if (state == HealthState.HEALTHY) {
                well.add(health.instance());
            }
        }
        boolean panic =
                well.size() < callable.size()
                        && (well.isEmpty() || well.size() < panicThreshold * callable.size());
        return new Selection(new InstanceSet(every, weighted(panic ? callable : well)), panic);
    }

    private static List<Instance> weighted(List<Instance> instances) {
        List<Instance> weighted =
                instances.stream().filter(instance -> instance.weight() > 0).toList();
        return weighted.isEmpty() ? instances : weighted;
    }
}
