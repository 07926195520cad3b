package io.sluice.it.extension;

import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.FilterContext;
import io.sluice.edge.filter.FilterFactory;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `busy`: keeps the loop busy for so many `millis` with each request, as costly checks do.
public final class BusyFilterFactory implements FilterFactory {
    @Override
    public String id() {
        return "busy";
    }

    @Override
    public Filter create(Map<String, String> settings, FilterContext context) {
        return new Busy(
                context, TimeUnit.MILLISECONDS.toNanos(Long.parseLong(settings.get("millis"))));
    }

    private record Busy(FilterContext context, long nanos) implements Filter {

        @Override
        public Phase phase() {
            return Phase.AUTHENTICATE;
        }

        @Override
        public Step apply(Exchange exchange) {
            long began = context.ticker().nanos();
            while (context.ticker().nanos() - began < nanos) {
                Thread.onSpinWait();
            }
            return Step.next();
        }
    }
}
