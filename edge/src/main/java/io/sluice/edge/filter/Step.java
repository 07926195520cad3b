package io.sluice.edge.filter;

import io.sluice.core.fail.Failure;
import io.sluice.net.http.Response;
import java.util.concurrent.CompletionStage;

/// What a filter wants to happen next.
public sealed interface Step {

    /// Go on to the next filter.
    record Next() implements Step {}

    /// Answer with this response; no later filter runs.
    record Answer(Response response) implements Step {}

    /// Answer with the error of this failure; no later filter runs.
    record Refuse(Failure failure) implements Step {}

    /// The filter must wait. The stage may complete on any thread; the chain goes on upon the exchange's loop with the
    /// step it gives. A stage that completes exceptionally is answered with 500.
    record Later(CompletionStage<Step> step) implements Step {}

    /// The shared [Next].
    static Step next() {
        return Steps.NEXT;
    }
}
