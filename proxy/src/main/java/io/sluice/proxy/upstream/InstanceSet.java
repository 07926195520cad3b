package io.sluice.proxy.upstream;

import java.util.List;

/// The instances of a service at one moment. Immutable.
///
/// @param all every configured or discovered instance
/// @param usable those that may be picked now; all of them in panic mode
public record InstanceSet(List<Instance> all, List<Instance> usable) {
    public static final InstanceSet EMPTY = new InstanceSet(List.of(), List.of());

    public InstanceSet {
        all = List.copyOf(all);
        usable = List.copyOf(usable);
    }

    /// Every instance usable.
    public static InstanceSet of(List<Instance> instances) {
        return new InstanceSet(instances, instances);
    }
}
