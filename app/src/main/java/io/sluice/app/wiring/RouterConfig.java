package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import java.util.List;

/// `gateway.router`.
public record RouterConfig(
        @Doc("Which requests go to which service; the most specific path wins.")
                List<RuleConfig> rules) {
    public RouterConfig {
        rules = List.copyOf(rules);
    }
}
