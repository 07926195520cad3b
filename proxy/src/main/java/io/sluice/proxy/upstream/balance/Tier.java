package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;

/// Which instances a pick looks at: those not tried yet, and when there is none of these, all.
enum Tier {
    UNTRIED,
    ALL;

    boolean admits(Instance instance, PickContext context) {
        return this == ALL || context.attemptsMade() == 0 || !context.tried(instance);
    }
}
