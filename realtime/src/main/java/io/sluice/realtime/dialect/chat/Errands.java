package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Offload;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Runs questions to the bus: at once where nothing can block, as the node is alone, else on a virtual thread.
final class Errands {
    private final boolean atOnce;

    Errands(Bus bus) {
        this.atOnce = bus.alone();
    }

    /// Whether answers are there on return.
    boolean atOnce() {
        return atOnce;
    }

    /// Runs tasks on the loop; at once when it is the loop that asks, so that on a node that is alone nothing waits.
    static Executor on(Loop loop) {
        return task -> {
            if (loop.isCurrent()) {
                task.run();
            } else {
                loop.executor().execute(task);
            }
        };
    }

    /// @return ends on the loop; on a node that is alone on the calling thread
    <T extends @Nullable Object> CompletionStage<T> run(Loop loop, Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        if (atOnce) {
            try {
                answer.complete(question.call());
            } catch (Exception failure) {
                answer.completeExceptionally(failure);
            }
            return answer;
        }
        Offload.call(
                loop,
                question,
                (result, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else {
                        answer.complete(result);
                    }
                });
        return answer;
    }
}
