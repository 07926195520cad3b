package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.realtime.history.Recovery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// How a connection becomes a member: the channel is heard on this node first, then its history is asked for what the
/// client missed, and what is said in between is collected. Loop thread of the connection.
final class Joins {
    private final Relay relay;

    Joins(Relay relay) {
        this.relay = relay;
    }

    CompletionStage<Joined> join(
            LoopHub hub, Connection connection, String channel, @Nullable Position since) {
        if (!connection.isOpen()) {
            return CompletableFuture.failedFuture(gone());
        }
        Shard shard = hub.shard(channel);
        CompletableFuture<?> ready = shard.channel().ready();
        return relay.keeps(channel)
                ? joinKept(connection, shard, ready, since)
                : joinPlain(connection, shard, ready);
    }

    private static CompletionStage<Joined> joinPlain(
            Connection connection, Shard shard, CompletableFuture<?> ready) {
        Joined outcome = Joined.REPEATED;
        if (connection.in(shard) == null) {
            shard.add(connection);
            outcome = Joined.NEW;
        }
        if (ready.isDone()) {
            return CompletableFuture.completedFuture(outcome);
        }
        Joined later = outcome;
        CompletableFuture<Joined> joined = new CompletableFuture<>();
        ready.whenCompleteAsync(
                (_, failure) -> end(connection, joined, later), shard.hub().loop().executor());
        return joined;
    }

    private static void end(
            Connection connection, CompletableFuture<Joined> joined, Joined outcome) {
        if (connection.isOpen()) {
            joined.complete(outcome);
        } else {
            joined.completeExceptionally(gone());
        }
    }

    private CompletionStage<Joined> joinKept(
            Connection connection,
            Shard shard,
            CompletableFuture<?> ready,
            @Nullable Position since) {
        CatchUp catchUp = new CatchUp();
        shard.begin(catchUp);
        CompletableFuture<Recovery<Message>> history = history(shard, ready, since);
        if (history.isDone()) {
            return CompletableFuture.completedFuture(
                    enter(connection, shard, catchUp, history.join()));
        }
        CompletableFuture<Joined> joined = new CompletableFuture<>();
        history.thenAcceptAsync(
                found -> enterLate(connection, shard, catchUp, found, joined),
                shard.hub().loop().executor());
        return joined;
    }

    private CompletableFuture<Recovery<Message>> history(
            Shard shard, CompletableFuture<?> ready, @Nullable Position since) {
        return ready.isDone()
                ? relay.since(shard.name(), since).toCompletableFuture()
                : ready.thenCompose(_ -> relay.since(shard.name(), since));
    }

    private static Joined enter(
            Connection connection, Shard shard, CatchUp catchUp, Recovery<Message> history) {
        shard.hub().inbox().drain();
        shard.end(catchUp);
        if (connection.in(shard) != null) {
            return new CatchUp().merge(Joined.Entry.REPEATED, history);
        }
        shard.add(connection);
        return catchUp.merge(Joined.Entry.NEW, history);
    }

    private static void enterLate(
            Connection connection,
            Shard shard,
            CatchUp catchUp,
            Recovery<Message> history,
            CompletableFuture<Joined> joined) {
        if (connection.isOpen()) {
            joined.complete(enter(connection, shard, catchUp, history));
        } else {
            shard.end(catchUp);
            shard.hub().release(shard);
            joined.completeExceptionally(gone());
        }
    }

    private static GatewayException gone() {
        return new GatewayException(Failure.of(FailureKind.CLIENT_GONE, "connection has ended"));
    }
}
