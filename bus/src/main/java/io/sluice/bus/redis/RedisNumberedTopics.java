package io.sluice.bus.redis;

import io.lettuce.core.ScriptOutputType;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Portion;
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
    public CompletionStage<Replay> since(String name, Position after, Portion most) {
        return read(name, after, most).thenApply(RedisNumberedTopics::replay);
    }

    @Override
    public CompletionStage<Replay> newest(String name, Portion most) {
        return ask(
                        Script.READ_NEWEST,
                        name,
                        Integer.toString(most.messages()),
                        Long.toString(most.bytes()))
                .thenApply(RedisNumberedTopics::replay);
    }

    /// The scripts give the newest place, whether it is recovered, and the last messages up to that place.
    private static Replay replay(List<Object> answer) {
        Position latest = NumberedKeys.place(answer);
        if (!NumberedKeys.text(answer.get(2)).equals("1")) {
            return Replay.lost(latest);
        }
        long offset = latest.offset() - (answer.size() - 3);
        List<Numbered> messages = new ArrayList<>();
        for (Object payload : answer.subList(3, answer.size())) {
            offset++;
            messages.add(new Numbered(new Position(latest.epoch(), offset), (byte[]) payload));
        }
        return new Replay(true, messages, latest);
    }

    @Override
    public CompletionStage<Position> latest(String name) {
        return read(name, new Position("", 0), Portion.of(0)).thenApply(NumberedKeys::place);
    }

    private CompletionStage<List<Object>> read(String name, Position after, Portion most) {
        return ask(
                Script.READ_NUMBERED,
                name,
                after.epoch(),
                Long.toString(after.offset()),
                Integer.toString(most.messages()),
                Long.toString(most.bytes()));
    }

    /// Runs a script on a topic; the last arguments are always the epoch to begin if there is none, and the era.
    private CompletionStage<List<Object>> ask(Script script, String name, String... arguments) {
        NumberedKeys keys = NumberedKeys.of(name);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(NumberedKeys.freshEpoch(setting));
        try {
            Session session = link.session();
            all.add(session.era());
            CompletionStage<List<Object>> answer =
                    script.run(
                            session.commands(),
                            ScriptOutputType.MULTI,
                            List.of(keys.numbering(), keys.kept()),
                            all);
            return answer.toCompletableFuture()
                    .copy()
                    .orTimeout(setting.limits().commandTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionallyCompose(
                            _ -> CompletableFuture.failedFuture(Unavailable.because("history")));
        } catch (GatewayException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
