package io.sluice.edge.filter;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Response;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Filters in the order of their phases and the handler behind them. Immutable, shared by all loops; runs on the
/// exchange's loop. Stops as soon as the exchange is answered or over. What a filter or the handler throws is answered
/// with 500 and logged once at ERROR.
public final class FilterChain implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(FilterChain.class);

    private final Filter[] filters;
    private final Handler end;

    /// @param filters in any order; those of one phase keep theirs
    public FilterChain(List<? extends Filter> filters, Handler end) {
        this.filters =
                filters.stream().sorted(Comparator.comparing(Filter::phase)).toArray(Filter[]::new);
        this.end = end;
    }

    /// In the order they run.
    public List<Filter> filters() {
        return List.of(filters);
    }

    @Override
    public void handle(Exchange exchange) {
        from(0, exchange);
    }

    private void from(int first, Exchange exchange) {
        try {
            for (int i = first; i < filters.length; i++) {
                Step step = filters[i].apply(exchange);
                if (!(step instanceof Step.Next) && !goOn(step, i + 1, exchange)
                        || exchange.answered()
                        || exchange.ended()) {
                    return;
                }
            }
            end.handle(exchange);
        } catch (Throwable bug) {
            crash(exchange, bug);
        }
    }

    private boolean goOn(Step step, int next, Exchange exchange) {
        return switch (step) {
            case Step.Next _ -> true;
            case Step.Answer(Response response) -> {
                if (!exchange.answered()) {
                    exchange.answer(response);
                }
                exchange.requestBody().discard();
                yield false;
            }
            case Step.Refuse(Failure failure) -> {
                refuse(exchange, failure);
                yield false;
            }
            case Step.Later(CompletionStage<Step> stage) -> {
                await(stage, next, exchange);
                yield false;
            }
        };
    }

    // The stage given back says the same as the one waited for.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void await(CompletionStage<Step> stage, int next, Exchange exchange) {
        stage.whenComplete((step, error) -> {
            if (exchange.loop().isCurrent()) {
                resume(step, error, next, exchange);
            } else {
                exchange.loop().executor().execute(() -> resume(step, error, next, exchange));
            }
        });
    }

    private void resume(
            @Nullable Step step, @Nullable Throwable error, int next, Exchange exchange) {
        if (exchange.answered() || exchange.ended()) {
            return;
        }
        if (error != null || step == null) {
            crash(exchange, error);
            return;
        }
        try {
            if (goOn(step, next, exchange)) {
                from(next, exchange);
            }
        } catch (Throwable bug) {
            crash(exchange, bug);
        }
    }

    /// Answers with the error of this failure and lets go of the request's body.
    static void refuse(Exchange exchange, Failure failure) {
        exchange.fail(failure);
        exchange.requestBody().discard();
    }

    private static void crash(Exchange exchange, @Nullable Throwable bug) {
        LOG.atError()
                .setMessage("request handling failed")
                .addKeyValue("requestId", exchange.requestId())
                .addKeyValue("method", exchange.request().method().name())
                .addKeyValue("path", exchange.request().path())
                .setCause(bug)
                .log();
        refuse(
                exchange,
                Failure.of(FailureKind.INTERNAL, "The gateway failed to handle this request."));
    }
}
