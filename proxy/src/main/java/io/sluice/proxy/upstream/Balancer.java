package io.sluice.proxy.upstream;

import org.jspecify.annotations.Nullable;

/// Chooses the instance for one attempt. One per route, shared by all loops; must not block.
@FunctionalInterface
public interface Balancer {
    /// A usable instance, one not tried yet if there is any, else a tried one again; null when none is usable.
    /// Runs on the exchange's loop.
    @Nullable Instance pick(PickContext context);
}
