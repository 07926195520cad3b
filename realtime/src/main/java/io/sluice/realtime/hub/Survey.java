package io.sluice.realtime.hub;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Asks several loops the same question and puts their answers together. One use.
final class Survey<T> {
    private final CompletableFuture<List<T>> outcome = new CompletableFuture<>();
    private final List<T> found = new ArrayList<>();
    private int open;

    private Survey(int open) {
        this.open = open;
    }

    /// Any thread. The stage ends on one of the loops, or at once when there are none. A loop that has ended knows
    /// nothing.
    static <T> CompletionStage<List<T>> of(
            Collection<LoopHub> loops, Function<LoopHub, List<T>> question) {
        Survey<T> survey = new Survey<>(loops.size());
        if (loops.isEmpty()) {
            survey.outcome.complete(List.of());
        }
        for (LoopHub hub : loops) {
            survey.ask(hub, question);
        }
        return survey.outcome;
    }

    private void ask(LoopHub hub, Function<LoopHub, List<T>> question) {
        if (hub.loop().executor().isShuttingDown()) {
            answer(List.of());
        } else {
            hub.loop().executor().execute(() -> answer(question.apply(hub)));
        }
    }

    private void answer(List<T> answers) {
        boolean last;
        synchronized (this) {
            found.addAll(answers);
            last = --open == 0;
        }
        if (last) {
            outcome.complete(List.copyOf(found));
        }
    }
}
