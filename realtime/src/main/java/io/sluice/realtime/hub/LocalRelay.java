package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.bus.Subscription;
import io.sluice.core.time.Ticker;
import io.sluice.net.loop.Loop;
import io.sluice.realtime.history.Histories;
import io.sluice.realtime.history.HistoryConfig;
import io.sluice.realtime.history.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Relay of a node that is alone: events are handed on as they are, and history is kept in this process.
final class LocalRelay implements Relay {
    private static final int SWEEP_SECONDS = 10;

    private final Fanout fanout;
    private final Histories histories;
    private final Ticker ticker;
    private final Consumer<Command> obey;
    private final ConcurrentMap<String, KeptChannel> kept = new ConcurrentHashMap<>();

    /// @param obey does what a command says on this node
    LocalRelay(Fanout fanout, Histories histories, Ticker ticker, Consumer<Command> obey) {
        this.obey = obey;
        this.fanout = fanout;
        this.histories = histories;
        this.ticker = ticker;
    }

    @Override
    public void publish(Outbound event) {
        if (event instanceof Message message && message.keep() == Message.Keep.KEPT) {
            HistoryConfig limits = histories.of(event.channel());
            if (limits != null) {
                keep(message, limits);
                return;
            }
        }
        fanout.spread(event);
    }

    private void keep(Message message, HistoryConfig limits) {
        while (!channel(message.channel(), limits).publish(message, fanout)) {
            // Its history was thrown away at this moment; the next one has a new epoch.
        }
    }

    private KeptChannel channel(String name, HistoryConfig limits) {
        KeptChannel known = kept.get(name);
        return known != null
                ? known
                : kept.computeIfAbsent(name, key -> new KeptChannel(limits, ticker));
    }

    @Override
    public @Nullable Subscription subscribe(String channel) {
        return null;
    }

    @Override
    public void command(Command command) {
        obey.accept(command);
    }

    @Override
    public boolean keeps(String channel) {
        return histories.of(channel) != null;
    }

    /// A channel that is asked for gets an epoch, so that its first members know from where they can recover.
    @Override
    public CompletionStage<Recovery<Message>> since(String channel, @Nullable Position after) {
        HistoryConfig limits = histories.of(channel);
        return CompletableFuture.completedFuture(
                limits == null ? Recovery.lost(null) : channel(channel, limits).since(after));
    }

    @Override
    public CompletionStage<Recovery<Message>> newest(String channel, int most) {
        KeptChannel known = kept.get(channel);
        return CompletableFuture.completedFuture(
                known == null ? Recovery.lost(null) : known.newest(most));
    }

    /// Throws away messages that are too old, and histories that nobody used for an hour. Takes a while where there are
    /// many; not for a loop.
    void sweep() {
        List<String> names = new ArrayList<>(kept.keySet());
        for (String name : names) {
            kept.computeIfPresent(name, (key, channel) -> channel.end() ? null : channel);
        }
    }

    /// Sweeps every 10 s, on threads of its own, for as long as the loop lives.
    void sweepOn(Loop loop) {
        loop.executor()
                .scheduleWithFixedDelay(
                        () -> Thread.ofVirtual().name("history").start(this::sweep),
                        SWEEP_SECONDS,
                        SWEEP_SECONDS,
                        TimeUnit.SECONDS);
    }

    int kept() {
        return kept.size();
    }
}
