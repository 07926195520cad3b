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
import java.util.function.Consumer;
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
        return switch (message) {
            case Outgoing.Plain(String name, byte[] payload) -> plain(name, payload);
            case Outgoing.Unkept unkept -> plain(unkept.name(), unkept.sealed());
            case Outgoing.Counted counted -> numbered(counted);
        };
    }

    private AsyncCommand<String, byte[], ?> plain(String name, byte[] payload) {
        boolean sharded = setting.config().sharded();
        return new AsyncCommand<>(
                new Command<>(
                        sharded ? CommandType.SPUBLISH : CommandType.PUBLISH,
                        new IntegerOutput<>(Lettuce.CODEC),
                        new CommandArgs<>(Lettuce.CODEC).addKey(name).addValue(payload)));
    }

    private AsyncCommand<String, byte[], ?> numbered(Outgoing.Counted message) {
        CommandArgs<String, byte[]> arguments = new CommandArgs<>(Lettuce.CODEC);
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
            } else if (!(failure instanceof RedisCommandExecutionException)) {
                // Its end may be told later than this.
                session.close();
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

    /// Sorts out the messages the server has not done, in order.
    ///
    /// @param again given what may be done when it is sent again, maybe in another way or to another server
    /// @param lost given what was refused and would be refused again
    void undone(Consumer<? super Outgoing> again, Consumer<? super Outgoing> lost) {
        if (isAnswered() && !hasTrouble) {
            return;
        }
        for (int i = 0; i < messages.size(); i++) {
            AsyncCommand<String, byte[], ?> command = commands.get(i);
            if (command.isDone() && !command.isCompletedExceptionally()) {
                continue;
            }
            Outgoing message = messages.get(i);
            if (isWorthSending(message, failure(command))) {
                again.accept(message);
            } else {
                lost.accept(message);
            }
        }
    }

    /// @param failure null when it is not known
    private static boolean isWorthSending(Outgoing message, @Nullable Throwable failure) {
        if (message instanceof Outgoing.Counted
                || !(failure instanceof RedisCommandExecutionException)) {
            return true;
        }
        Refusal refusal = Refusal.of(failure);
        return refusal != null && refusal.endsWithConnection();
    }

    private static @Nullable Throwable failure(AsyncCommand<String, byte[], ?> command) {
        return command.isCompletedExceptionally() && !command.isCancelled()
                ? command.exceptionNow()
                : null;
    }
}
