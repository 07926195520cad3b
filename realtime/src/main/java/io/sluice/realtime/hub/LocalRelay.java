package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.bus.Subscription;
import io.sluice.core.time.Ticker;
import io.sluice.net.loop.Loop;
import io.sluice.realtime.history.Histories;
import io.sluice.realtime.history.HistoryConfig;
import io.sluice.realtime.history.Recovery;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Relay of a node that is alone: events are handed on as they are, and history is kept in this process.
final class LocalRelay implements Relay {
    private static final int SWEEP_SECONDS = 10;
    private static final CompletionStage<?> READY = CompletableFuture.completedFuture("");

    private final Fanout fanout;
    private final Histories histories;
    private final Ticker ticker;
    private final HubListener listener;
    private final Consumer<Command> obey;
    private final KeptBytes bytes;
    private final ConcurrentMap<String, KeptChannel> kept = new ConcurrentHashMap<>();

    /// Changes when a history with messages ends. Until then a channel that begins again has had none, and goes on in its
    /// old epoch: so whoever left it before the first message can still recover.
    private volatile UUID era = UUID.randomUUID();

    /// @param historyBytes of all histories together
    /// @param obey does what a command says on this node
    LocalRelay(
            Fanout fanout,
            Histories histories,
            long historyBytes,
            Ticker ticker,
            HubListener listener,
            Consumer<Command> obey) {
        this.bytes = new KeptBytes(historyBytes);
        this.obey = obey;
        this.fanout = fanout;
        this.histories = histories;
        this.ticker = ticker;
        this.listener = listener;
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
        makeRoom();
    }

    private KeptChannel channel(String name, HistoryConfig limits) {
        KeptChannel known = kept.get(name);
        return known != null
                ? known
                : kept.computeIfAbsent(
                        name, key -> new KeptChannel(name, epoch(name), limits, ticker, bytes));
    }

    /// Ends histories until the rest fits, the one used longest ago first. Who asks for what was in one is told that it
    /// cannot be had, as the next has a new epoch.
    private void makeRoom() {
        while (bytes.tooMany()) {
            KeptChannel oldest = bytes.oldest();
            if (oldest == null) {
                return;
            }
            if (end(oldest.name(), KeptChannel.Cause.SPACE)) {
                listener.historyDropped();
            }
        }
    }

    /// @return whether it was this call that ended the history
    private boolean end(String name, KeptChannel.Cause cause) {
        AtomicBoolean ended = new AtomicBoolean();
        kept.computeIfPresent(
                name,
                (key, channel) -> {
                    if (!channel.end(cause)) {
                        return channel;
                    }
                    ended.set(true);
                    if (channel.everHeld()) {
                        era = UUID.randomUUID();
                    }
                    return null;
                });
        return ended.get();
    }

    private String epoch(String name) {
        String seed = era + name;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    @Override
    public @Nullable Subscription subscribe(String channel) {
        return keeps(channel) ? new Peopled(channel) : null;
    }

    /// Members of a channel with history are there.
    private final class Peopled implements Subscription {
        private final String channel;

        Peopled(String channel) {
            this.channel = channel;
        }

        @Override
        public CompletionStage<?> ready() {
            return READY;
        }

        @Override
        public void close() {
            end(channel, KeptChannel.Cause.LEFT);
        }
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
        if (limits == null) {
            return CompletableFuture.completedFuture(Recovery.lost(null));
        }
        Recovery<Message> found = null;
        while (found == null) {
            found = channel(channel, limits).since(after);
        }
        makeRoom();
        return CompletableFuture.completedFuture(found);
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
            end(name, KeptChannel.Cause.TIME);
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

    @Override
    public long keptBytes() {
        return bytes.bytes();
    }
}
