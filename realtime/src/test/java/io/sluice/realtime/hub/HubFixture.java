package io.sluice.realtime.hub;

import io.sluice.bus.Bus;
import io.sluice.core.identity.Principal;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.realtime.history.Histories;
import io.sluice.realtime.history.HistoryConfig;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A hub on real loops, with clients that only write down what they get. Channels `kept:…` keep 5 messages.
final class HubFixture implements AutoCloseable {
    static final int QUEUE = 1000;
    static final int BEHIND = 300;
    static final int KEPT = 1 << 20;

    /// Bytes that channels `kept:…` keep.
    static final int KEPT_BYTES = 1 << 20;

    final ManualTicker ticker = new ManualTicker();
    final Loops loops;
    final CountingListener counts = new CountingListener();
    final Hub hub;
    final LineForm form = new LineForm("");
    private final SplittableRandom random = new SplittableRandom();
    private final AtomicInteger messages = new AtomicInteger();

    HubFixture(int loopCount) {
        this(loopCount, new HubSettings(QUEUE, BEHIND, histories(), KEPT));
    }

    HubFixture(int loopCount, HubSettings settings) {
        loops = new Loops(Transport.NIO, loopCount, ticker);
        hub = Hub.local(loops.all(), settings, counts);
    }

    /// A node of a cluster. Channels `bare:…` are bare on the bus, and `bare:kept…` keep 5 messages.
    HubFixture(Bus bus) {
        loops = new Loops(Transport.NIO, 2, ticker);
        BusForms forms = new BusForms(Map.of("bare", new BareForm()));
        hub =
                Hub.clustered(
                        bus,
                        forms,
                        loops.all(),
                        new HubSettings(1 << 20, 1 << 19, histories(), KEPT),
                        counts);
    }

    static Histories histories() {
        return new Histories(
                Map.of("kept:*", new HistoryConfig(5, HistoryConfig.STANDARD.ttl(), KEPT_BYTES)));
    }

    Loop loop(int index) {
        return loops.all().get(index);
    }

    /// Runs on the loop and waits until it and what it has scheduled is done.
    <T> T on(int loop, Callable<T> action) throws Exception {
        T result = loop(loop).executor().submit(action).get();
        settle();
        return result;
    }

    void run(int loop, Runnable action) throws Exception {
        loop(loop).executor().submit(action).get();
        settle();
    }

    /// Waits until every loop has done what was scheduled so far, also what that scheduled on other loops.
    void settle() throws Exception {
        for (int round = 0; round < 3; round++) {
            for (Loop loop : loops.all()) {
                loop.executor().submit(() -> {}).get();
            }
        }
    }

    Client client(int loop) throws Exception {
        return client(loop, null, form);
    }

    Client client(int loop, @Nullable String user, WireForm itsForm) throws Exception {
        RecordingWire wire = new RecordingWire();
        Connection connection =
                new Connection(
                        loop(loop),
                        ConnectionId.random(random),
                        "test",
                        user == null ? null : principal(user),
                        "192.0.2.1",
                        wire,
                        itsForm);
        run(loop, () -> hub.open(connection));
        return new Client(this, loop, connection, wire);
    }

    static Principal principal(String user) {
        return new Principal(user, "user", "jwt", Set.of(), Map.of(), null);
    }

    Message message(String channel, String body) {
        return Message.of(
                channel,
                "test",
                "message",
                null,
                body.getBytes(StandardCharsets.UTF_8),
                "m" + messages.incrementAndGet(),
                ticker.epochMillis());
    }

    @Override
    public void close() {
        loops.close();
    }
}
