package io.sluice.bus.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A node of a cluster takes commands for its own keys only and sends those for others away. Half of everything would
/// fail on it, so it is not worked with at all. A cluster of one node has all keys, and so has a proxy in front of one.
final class ClusterCheck {
    /// Keys that hash to all parts of a cluster.
    private static final int KEYS = 32;

    private ClusterCheck() {}

    static void refuse(Session session, Lettuce lettuce) throws Broken {
        List<CompletionStage<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            answers.add(
                    session.commands()
                            .exists("sluice:" + i)
                            .handle((_, failure) -> isSentAway(failure)));
        }
        for (CompletionStage<Boolean> answer : answers) {
            if (lettuce.await(answer)) {
                throw new Broken("it is one node of a cluster, which needs a proxy in front");
            }
        }
    }

    private static boolean isSentAway(@Nullable Throwable failure) {
        return failure instanceof RedisCommandExecutionException
                && String.valueOf(failure.getMessage()).startsWith("MOVED");
    }
}
