package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Instance;

/// How much of the requests an instance is meant to get, relative to the others. Both take the slow start into account.
enum Weighing {
    EQUAL {
        @Override
        double share(Instance instance) {
            return instance.load().readiness();
        }
    },
    BY_WEIGHT {
        @Override
        double share(Instance instance) {
            // Weight 0 comes here only when no instance has another; then all are alike.
            return Math.max(instance.weight(), LEAST) * instance.load().readiness();
        }
    };

    private static final double LEAST = 1e-6;

    /// Above 0.
    abstract double share(Instance instance);
}
