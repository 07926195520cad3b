package io.sluice.it.extension;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.FilterContext;
import io.sluice.edge.filter.FilterFactory;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `stamp`: adds `X-Stamp: text@route` to requests and refuses those without `X-Key: key`, if there is a key. With
/// `fail` it cannot be made.
public final class StampFilterFactory implements FilterFactory {
    private static final HeaderName STAMP = HeaderName.of("X-Stamp");
    private static final HeaderName KEY = HeaderName.of("X-Key");

    @Override
    public String id() {
        return "stamp";
    }

    @Override
    public @Nullable String problem(Map<String, String> settings) {
        return settings.containsKey("text") ? null : "there is no text";
    }

    @Override
    public Filter create(Map<String, String> settings, FilterContext context) {
        String fail = settings.get("fail");
        if (fail != null) {
            throw new IllegalStateException(fail);
        }
        return new Stamp(settings.get("text") + "@" + context.routeId(), settings.get("key"));
    }

    private record Stamp(String text, @Nullable String key) implements Filter {

        @Override
        public Phase phase() {
            return Phase.TRANSFORM;
        }

        @Override
        public Step apply(Exchange exchange) {
            if (key != null && !key.equals(exchange.request().headers().get(KEY))) {
                return new Step.Refuse(Failure.of(FailureKind.FORBIDDEN, "The key is wrong."));
            }
            exchange.request().headers().set(STAMP, text);
            return Step.next();
        }
    }
}
