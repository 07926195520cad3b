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

/// Messages sent with one write, and what the server said to each.
final class Batch {
    private static final long LOOK_MILLIS = 100;

    private final Session session;
    private final Setting setting;
    private final List<Outgoing> messages;
    private final List<AsyncCommand<String, byte[], ?>> commands;
    private final AtomicInteger unanswered;
    private final CountDownLatch answered = new CountDownLatch(1);

    private Batch(Session session, List<Outgoing> messages, Setting setting) {
        this.session = session;
        this.setting = setting;
        this.messages = messages;
        this.commands = new ArrayList<>(messages.size());
        this.unanswered = new AtomicInteger(messages.size());
        for (Outgoing message : messages) {
            commands.add(command(message));
        }
    }

    static Batch send(Session session, List<Outgoing> messages, Setting setting) {
        Batch batch = new Batch(session, messages, setting);
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

    private void answer(Throwable failure) {
        if (failure instanceof RedisCommandExecutionException) {
            setting.metrics().dropped("refused");
        }
        if (unanswered.decrementAndGet() == 0) {
            answered.countDown();
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

    /// Messages the server has not confirmed, in order; those it refused are not among them.
    List<Outgoing> unconfirmed() {
        List<Outgoing> left = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            AsyncCommand<String, byte[], ?> command = commands.get(i);
            boolean confirmed = command.isDone() && !command.isCompletedExceptionally();
            if (!confirmed && !refused(command)) {
                left.add(messages.get(i));
            }
        }
        return left;
    }

    private static boolean refused(AsyncCommand<String, byte[], ?> command) {
        return command.isCompletedExceptionally()
                && command.exceptionNow() instanceof RedisCommandExecutionException;
    }
}
