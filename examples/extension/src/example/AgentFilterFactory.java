package example;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.FilterContext;
import io.sluice.edge.filter.FilterFactory;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import java.util.Locale;
import java.util.Map;

/// The filter `refuse-agents`: answers 403 to clients whose `User-Agent` contains a word.
public final class AgentFilterFactory implements FilterFactory {
    private static final HeaderName USER_AGENT = HeaderName.of("User-Agent");

    @Override
    public String id() {
        return "refuse-agents";
    }

    /// Told by `sluice check`, at the start and at a reload, with the line of the filter.
    @Override
    public String problem(Map<String, String> settings) {
        return settings.getOrDefault("word", "").isBlank() ? "word is missing" : null;
    }

    /// Once per rule and configuration, so everything that takes time is done here.
    @Override
    public Filter create(Map<String, String> settings, FilterContext context) {
        return new AgentFilter(settings.get("word").toLowerCase(Locale.ROOT));
    }

    /// Shared by all loops: no state, or state that is safe to share.
    private record AgentFilter(String word) implements Filter {

        @Override
        public Phase phase() {
            return Phase.AUTHORISE;
        }

        @Override
        public Step apply(Exchange exchange) {
            String agent = exchange.request().headers().get(USER_AGENT);
            return agent != null && agent.toLowerCase(Locale.ROOT).contains(word)
                    ? new Step.Refuse(Failure.of(FailureKind.FORBIDDEN, "Not for this client."))
                    : Step.next();
        }
    }
}
