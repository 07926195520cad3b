package io.sluice.edge.filter;

import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.http.Exchange;

/// A filter of an extension, and how often it answered each step: `gateway_filter_steps_total{filter,step}`. One
/// addition per request.
public final class CountedFilter implements Filter {
    private final Filter filter;
    private final Count next;
    private final Count answer;
    private final Count refuse;
    private final Count later;

    /// @param id of the extension
    public CountedFilter(Filter filter, String id, Metrics metrics) {
        this.filter = filter;
        Counters steps =
                metrics.counters(
                        "gateway_filter_steps_total",
                        "What filters of extensions answered.",
                        "filter",
                        "step");
        this.next = steps.of(id, "next");
        this.answer = steps.of(id, "answer");
        this.refuse = steps.of(id, "refuse");
        this.later = steps.of(id, "later");
    }

    @Override
    public Phase phase() {
        return filter.phase();
    }

    @Override
    public Step apply(Exchange exchange) {
        Step step = filter.apply(exchange);
        switch (step) {
            case Step.Next _ -> next.inc();
            case Step.Answer _ -> answer.inc();
            case Step.Refuse _ -> refuse.inc();
            case Step.Later _ -> later.inc();
        }
        return step;
    }
}
