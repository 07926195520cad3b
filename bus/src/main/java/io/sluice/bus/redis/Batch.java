package io.sluice.bus.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Messages sent with one write, and what the server said to each.
final class Batch {
    private static final long LOOK_MILLIS = 100;

    private final Session session;
    private final Setting setting;
    private final List<Outgoing> messages;
    private final List<AsyncCommand<String, byte[], ?>> commands;
    private final AtomicInteger unanswered;
    private final CountDownLatch answered = new CountDownLatch(1);
    private final Runnable troubled;
    private volatile boolean hasTrouble;

    private Batch(Session session, List<Outgoing> messages, Setting setting, Runnable troubled) {
        this.session = session;
        this.troubled = troubled;
        this.setting = setting;
        this.messages = messages;
        this.commands = new ArrayList<>(messages.size());
        this.unanswered = new AtomicInteger(messages.size());
        for (Outgoing message : messages) {
            commands.add(command(message));
        }
    }

    /// @param troubled told when all is answered, but not all was done; any thread, must not block
    static Batch send(
            Session session, List<Outgoing> messages, Setting setting, Runnable troubled) {
        Batch batch = new Batch(session, messages, setting, troubled);
        for (AsyncCommand<String, byte[], ?> command : batch.commands) {
            command.whenComplete((_, failure) -> batch.answer(failure));
        }
        List<RedisCommand<String, byte[], ?>> all = List.copyOf(batch.commands);
        try {
            session.asking().dispatch(all);
        } catch (RuntimeException e) {
            // The connection closed under our hands.
            for (AsyncCommand<String, byte[], ?> command : batch.commands) {
                command.completeExceptionally(e);
            }
        }
        return batch;
    }

    private AsyncCommand<String, byte[], ?> command(Outgoing message) {
        CommandArgs<String, byte[]> arguments = new CommandArgs<>(Lettuce.CODEC);
        boolean sharded = setting.config().sharded();
        return switch (message) {
            case Outgoing.Plain(String name, byte[] payload) ->
                    new AsyncCommand<>(
                            new Command<>(
                                    sharded ? CommandType.SPUBLISH : CommandType.PUBLISH,
                                    new IntegerOutput<>(Lettuce.CODEC),
                                    arguments.addKey(name).addValue(payload)));
            case Outgoing.Counted counted -> numbered(counted, arguments);
        };
    }

    private AsyncCommand<String, byte[], ?> numbered(
            Outgoing.Counted message, CommandArgs<String, byte[]> arguments) {
        NumberedKeys keys = NumberedKeys.of(message.name());
        arguments.add(Script.PUBLISH_NUMBERED.digest()).add(2);
        arguments.addKey(keys.numbering()).addKey(keys.kept());
        arguments.addKey(message.name()).addValue(message.payload());
        arguments.add(message.retention().messages()).add(message.retention().age().toMillis());
        arguments.add(NumberedKeys.freshEpoch(setting));
        arguments.add(Envelope.origin(setting.node(), message.serial()));
        arguments.add(setting.config().sharded() ? "SPUBLISH" : "PUBLISH");
        arguments.add(session.era());
        AsyncCommand<String, byte[], List<Object>> command =
                new AsyncCommand<>(
                        new Command<>(
                                CommandType.EVALSHA,
                                new NestedMultiOutput<>(Lettuce.CODEC),
                                arguments));
        command.thenAccept(place -> message.place().complete(NumberedKeys.place(place)));
        return command;
    }

    private void answer(@Nullable Throwable failure) {
        if (failure != null) {
            hasTrouble = true;
            Refusal refusal = Refusal.of(failure);
            if (refusal != null && refusal.endsWithConnection()) {
                session.end(refusal);
            }
        }
        if (unanswered.decrementAndGet() == 0) {
            answered.countDown();
            if (hasTrouble) {
                troubled.run();
            }
        }
    }

    Session session() {
        return session;
    }

    boolean isAnswered() {
        return answered.getCount() == 0;
    }

    /// Waits for all answers, or until the connection is broken.
    void await() {
        try {
            while (!answered.await(LOOK_MILLIS, TimeUnit.MILLISECONDS) && !session.isBroken()) {
                // It may be broken before the library has given up all commands.
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Messages the server has not done and may do on a new connection, in order.
    List<Outgoing> unconfirmed() {
        return select(failure ->
                !(failure instanceof RedisCommandExecutionException)
                        || Refusal.of(failure) != null);
    }

    /// Numbered messages the server does not keep, in order. What else it refused is dropped and counted.
    List<Outgoing.Counted> unkept() {
        if (!hasTrouble) {
            return List.of();
        }
        List<Outgoing.Counted> unkept = new ArrayList<>();
        for (Outgoing message :
                select(failure -> failure instanceof RedisCommandExecutionException)) {
            switch (message) {
                case Outgoing.Counted counted -> unkept.add(counted);
                case Outgoing.Plain _ -> setting.metrics().dropped("refused");
            }
        }
        return unkept;
    }

    /// @param which given why it failed, or null when that is not known
    private List<Outgoing> select(Predicate<@Nullable Throwable> which) {
        List<Outgoing> selected = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            AsyncCommand<String, byte[], ?> command = commands.get(i);
            boolean confirmed = command.isDone() && !command.isCompletedExceptionally();
            if (!confirmed && which.test(failure(command))) {
                selected.add(messages.get(i));
            }
        }
        return selected;
    }

    private static @Nullable Throwable failure(AsyncCommand<String, byte[], ?> command) {
        return command.isCompletedExceptionally() && !command.isCancelled()
                ? command.exceptionNow()
                : null;
    }
}
