package io.sluice.bus.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.sluice.bus.Unavailable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the connections to one server. A connection counts as up only when a message sent on it came back through
/// the other, and is given up when a later one does not: so a server that hangs is found out as well as one that is
/// gone. One virtual thread.
final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final long PAUSE_STEP_MILLIS = 50;

    /// Every node hears this channel, nobody sends to it: its number of listeners is that of the nodes.
    private static final String NODES = "sluice:nodes";

    /// Other nodes that were there before an outage are waited for at most this long.
    private static final long PEERS_PATIENCE_MILLIS = 2000;

    private static final long PEERS_LOOK_MILLIS = 50;

    /// After so many probes it is asked whether the server is still the right one, and takes writes.
    private static final int PROBES_PER_LOOK = 5;

    private final String part;
    private final Server server;
    private final Lettuce lettuce;
    private final Setting setting;
    private final Broadcast broadcast;
    private final String probeChannel;
    private final Namesakes namesakes;
    private final Writes writes;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper;
    private volatile @Nullable Session opening;
    private volatile @Nullable Session current;
    private boolean cutOff;
    private long peers;

    /// Connections in a row that did not last; also one that came up counts until it has lasted for a while.
    private int failures;

    /// @param part name of the server in health and metrics
    Link(String part, Server server, Lettuce lettuce, Setting setting) {
        this.part = part;
        this.server = server;
        this.lettuce = lettuce;
        this.setting = setting;
        this.broadcast = new Broadcast(lettuce, setting);
        this.probeChannel = "sluice:probe:" + setting.node() + ":" + part;
        this.namesakes = new Namesakes(setting);
        this.writes = new Writes(part, lettuce, setting);
        this.keeper = Thread.ofVirtual().name("bus-" + part).unstarted(this::keep);
    }

    void start() {
        setting.health().gone(part, "not connected yet");
        broadcast.start();
        keeper.start();
    }

    Broadcast broadcast() {
        return broadcast;
    }

    /// The connections in use.
    ///
    /// @throws io.sluice.core.fail.GatewayException when there are none
    Session session() {
        Session session = current;
        if (session == null || session.isBroken()) {
            throw Unavailable.because(part);
        }
        return session;
    }

    /// Where to find the server when a connection of its own is needed.
    Server server() {
        return server;
    }

    /// Whether this node works with another server than this by now.
    boolean hasLeft(RedisURI place) {
        Session session = current;
        return session != null && !Server.same(session.place(), place);
    }

    /// Whether the bus was closed.
    boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void keep() {
        while (!isClosed()) {
            long begun = setting.ticker().nanos();
            String why = "closed";
            try {
                Session session = Session.open(lettuce, server, new Ear());
                opening = session;
                try {
                    bringUp(session);
                    begun = setting.ticker().nanos();
                    watch(session);
                } finally {
                    takeDown(session);
                }
            } catch (Broken e) {
                why = e.why();
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("server", part).log("The bus failed");
                why = e.getClass().getSimpleName();
            }
            failures++;
            if (isClosed() || !pause(begun, why)) {
                return;
            }
        }
    }

    private void bringUp(Session session) throws Broken, InterruptedException {
        lettuce.await(session.hearing().async().subscribe(probeChannel, NODES));
        lettuce.await(session.commands().scriptLoad(Script.PUBLISH_NUMBERED.text()));
        ClusterCheck.refuse(session, lettuce);
        writes.look(session);
        int names = broadcast.resubscribe(session);
        probe(session);
        current = session;
        setting.health().up(part);
        broadcast.connected(session);
        if (failures > 0) {
            setting.metrics().reconnected(part);
            setting.metrics().resubscribed(names);
            broadcast.announceGap();
            awaitPeers(session);
        }
        cutOff = false;
        LOG.atInfo()
                .addKeyValue("server", part)
                .addKeyValue("names", names)
                .log("The bus is connected");
        session.settle();
        broadcast.wake();
    }

    private void watch(Session session) throws Broken, InterruptedException {
        for (int probes = 1; ; probes++) {
            probe(session);
            if (probes % PROBES_PER_LOOK == 0) {
                if (server.hasMoved(session.place())) {
                    throw new Broken("another server is the master");
                }
                writes.look(session);
            }
            look(session);
            if (session.awaitBroken(setting.limits().probeInterval().toMillis())) {
                throw session.brokenOff();
            }
            failures = 0;
        }
    }

    private void takeDown(Session session) {
        current = null;
        opening = null;
        session.close();
        broadcast.disconnected();
    }

    /// Sends a message through the server to this node.
    private void probe(Session session) throws Broken, InterruptedException {
        session.expectEcho();
        broadcast.probeLeaves();
        byte[] payload = setting.node().getBytes(StandardCharsets.UTF_8);
        session.commands().publish(probeChannel, payload);
        session.awaitEcho(setting.limits().probeTimeout().toMillis());
    }

    /// Messages held back are worth sending only when those they are for have come back too: all that were there
    /// before, and whoever came so shortly before the outage that he was not counted, who now tries as often as we did.
    private void awaitPeers(Session session) throws Broken, InterruptedException {
        long since = setting.ticker().nanos();
        long least = pauseMillis() + PEERS_LOOK_MILLIS;
        long waited = 0;
        while (waited < least || waited < PEERS_PATIENCE_MILLIS && nodes(session) < peers) {
            if (session.awaitBroken(PEERS_LOOK_MILLIS)) {
                throw session.brokenOff();
            }
            waited = TimeUnit.NANOSECONDS.toMillis(setting.ticker().nanos() - since);
        }
    }

    private void look(Session session) throws Broken {
        Map<String, Long> listeners = listeners(session, NODES, probeChannel);
        peers = listeners.getOrDefault(NODES, 0L);
        namesakes.saw(listeners.getOrDefault(probeChannel, 0L));
    }

    private long nodes(Session session) throws Broken {
        return listeners(session, NODES).getOrDefault(NODES, 0L);
    }

    private Map<String, Long> listeners(Session session, String... channels) throws Broken {
        return lettuce.await(session.commands().pubsubNumsub(channels));
    }

    /// @return whether to try again
    private boolean pause(long begun, String why) {
        setting.health().gone(part, why);
        writes.forget();
        if (!cutOff) {
            cutOff = true;
            LOG.atWarn()
                    .addKeyValue("server", part)
                    .addKeyValue("why", why)
                    .log("The bus is cut off; this node serves itself");
        }
        long pause = pauseMillis();
        long spent = TimeUnit.NANOSECONDS.toMillis(setting.ticker().nanos() - begun);
        try {
            return !closed.await(Math.max(pause - spent, 1), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            return false;
        }
    }

    private long pauseMillis() {
        long most = setting.limits().reconnectPause().toMillis();
        return Math.min(PAUSE_STEP_MILLIS * failures, most);
    }

    /// Blocks for at most a second.
    void close() {
        broadcast.close();
        closed.countDown();
        keeper.interrupt();
        Session session = opening;
        if (session != null) {
            session.close();
        }
    }

    /// Hears what the server sends, on a thread of the library.
    private final class Ear extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String name, byte[] payload) {
            if (name.equals(probeChannel)) {
                broadcast.probeReturned();
                Session session = opening;
                if (session != null) {
                    session.echoed();
                }
            } else {
                broadcast.heard(name, payload);
            }
        }

        @Override
        public void smessage(String name, byte[] payload) {
            broadcast.heard(name, payload);
        }
    }
}
