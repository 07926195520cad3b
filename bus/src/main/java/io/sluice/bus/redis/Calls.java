package io.sluice.bus.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sluice.bus.Unavailable;
import io.sluice.core.fail.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands a virtual thread waits for: each has an end, and when the server is known to be gone none is begun.
final class Calls {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Link link;
    private final Lettuce lettuce;

    Calls(Link link, Lettuce lettuce) {
        this.link = link;
        this.lettuce = lettuce;
    }

    <T extends @Nullable Object> T call(
            Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> command) {
        Session session = link.session();
        try {
            return lettuce.await(command.apply(session.commands()));
        } catch (Broken | RuntimeException e) {
            throw failed(e);
        }
    }

    private static GatewayException failed(Exception e) {
        LOG.atDebug().addKeyValue("why", e.toString()).log("A call to Redis failed");
        return Unavailable.because("shared state");
    }

    long number(Script script, String key, String... arguments) {
        Long number =
                call(commands ->
                        script.<Long>run(
                                commands,
                                ScriptOutputType.INTEGER,
                                List.of(key),
                                List.of(arguments)));
        return number;
    }

    List<byte[]> list(Script script, String key, String... arguments) {
        return call(commands ->
                script.<List<byte[]>>run(
                        commands, ScriptOutputType.MULTI, List.of(key), List.of(arguments)));
    }

    /// Sends many commands before it waits for the first.
    ///
    /// @return their answers, in order
    <T> List<T> all(
            List<Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>>> commands) {
        Session session = link.session();
        try {
            List<CompletionStage<T>> sent =
                    commands.stream().map(command -> command.apply(session.commands())).toList();
            List<T> answers = new ArrayList<>(sent.size());
            for (CompletionStage<T> answer : sent) {
                answers.add(lettuce.await(answer));
            }
            return answers;
        } catch (Broken | RuntimeException e) {
            throw failed(e);
        }
    }
}
