package io.sluice.proxy.upstream.balance;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import org.jspecify.annotations.Nullable;

/// The keys of a route that say how an instance is chosen.
public record BalanceConfig(
        @Doc(
                        "How an instance is chosen: round_robin, weighted_round_robin, weighted_random,"
                                + " least_connections, p2c, response_time, adaptive, consistent_hash or"
                                + " sticky_session; router.defaultLoadBalance when left out.")
                @Nullable Strategy loadBalance,
        @Doc("Keeps the requests of one session on one instance.") @Alias("stickySession")
                @Nullable AffinityConfig sessionAffinity) {

    public static final BalanceConfig DEFAULT = new BalanceConfig(null, null);

    /// The same with a strategy where none is set.
    public BalanceConfig orElse(Strategy standard) {
        return loadBalance == null ? new BalanceConfig(standard, sessionAffinity) : this;
    }

    /// The strategy in force.
    Strategy strategy() {
        return loadBalance == null ? Strategy.ROUND_ROBIN : loadBalance;
    }

    /// The affinity in force, or null when there is none.
    public @Nullable AffinityConfig affinity() {
        AffinityConfig affinity = sessionAffinity;
        if (affinity != null) {
            return affinity.enabled() ? affinity : null;
        }
        return loadBalance == Strategy.STICKY_SESSION ? AffinityConfig.DEFAULT : null;
    }
}
