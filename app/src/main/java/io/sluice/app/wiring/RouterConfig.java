package io.sluice.app.wiring;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.edge.filter.limit.LateLoopRule;
import io.sluice.edge.route.PathPolicy;
import io.sluice.proxy.upstream.balance.Strategy;
import java.util.List;

/// `gateway.router`.
public record RouterConfig(
        @Doc("Which requests go to which service; the most specific path wins.")
                List<RuleConfig> rules,
        @Doc("How an instance is chosen where a rule has no loadBalance.") @Default("round_robin")
                Strategy defaultLoadBalance,
        @Inline PathPolicy paths,
        @Inline LateLoopRule lateLoops) {
    public RouterConfig {
        rules = List.copyOf(rules);
    }
}
