package io.sluice.bus.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import io.sluice.bus.Subscription;
import io.sluice.bus.Unavailable;
import io.sluice.core.fail.GatewayException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Numbered topics: a hash that counts, a stream that keeps, and the channel of the same name.
final class RedisNumberedTopics implements NumberedTopics {
    private final Link link;
    private final Setting setting;
    private final AtomicLong serials = new AtomicLong();

    RedisNumberedTopics(Link link, Setting setting) {
        this.link = link;
        this.setting = setting;
    }

    @Override
    public Subscription subscribe(String name, NumberedListener listener) {
        return link.broadcast().subscribeNumbered(name, listener);
    }

    @Override
    public CompletionStage<Position> publish(String name, byte[] payload, Retention retention) {
        setting.metrics().published();
        CompletableFuture<Position> place = new CompletableFuture<>();
        link.broadcast()
                .send(
                        new Outgoing.Counted(
                                name, payload, retention, serials.incrementAndGet(), place));
        return place;
    }

    @Override
    public CompletionStage<Replay> since(String name, Position after, int limit) {
        return read(name, after, limit)
                .thenApply(answer -> {
                    Position latest = NumberedKeys.place(answer);
                    if (!NumberedKeys.text(answer.get(2)).equals("1")) {
                        return Replay.lost(latest);
                    }
                    List<Numbered> messages = new ArrayList<>();
                    for (int i = 3; i < answer.size(); i++) {
                        Position place = new Position(latest.epoch(), after.offset() + i - 2);
                        messages.add(new Numbered(place, (byte[]) answer.get(i)));
                    }
                    return new Replay(true, messages, latest);
                });
    }

    @Override
    public CompletionStage<Position> latest(String name) {
        return read(name, new Position("", 0), 0).thenApply(NumberedKeys::place);
    }

    private CompletionStage<List<Object>> read(String name, Position after, int limit) {
        try {
            RedisAsyncCommands<String, byte[]> commands = link.session().commands();
            NumberedKeys keys = NumberedKeys.of(name);
            CompletionStage<List<Object>> answer =
                    Script.READ_NUMBERED.run(
                            commands,
                            ScriptOutputType.MULTI,
                            List.of(keys.numbering(), keys.kept()),
                            List.of(
                                    after.epoch(),
                                    Long.toString(after.offset()),
                                    Integer.toString(limit),
                                    NumberedKeys.freshEpoch(setting)));
            return answer.toCompletableFuture()
                    .copy()
                    .orTimeout(setting.limits().commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(
                            _ -> CompletableFuture.failedFuture(Unavailable.because("redis")));
        } catch (GatewayException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
