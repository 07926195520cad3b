package io.sluice.realtime.hub;

import io.sluice.bus.Bus;
import io.sluice.bus.Position;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.loop.Loop;
import io.sluice.realtime.history.Recovery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Connections and channels of this node, and the way of an event to all members of its channel on all nodes.
///
/// What a connection does (open, join, leave, its end) is told on its loop; everything else may be called on any
/// thread. A member gets the events of all its channels in the order in which they came to its loop, and what is sent
/// to it alone comes behind what was published before.
public final class Hub {
    private final List<LoopHub> loops;
    private final HubListener listener;
    private final Relay relay;
    private final Joins joins;
    private final Channels channels;
    private final Fanout fanout = new Fanout();
    private final List<ConnectionListener> features = new CopyOnWriteArrayList<>();

    private Hub(List<Loop> loops, HubSettings settings, HubListener listener, RelayMaker maker) {
        this.listener = listener;
        this.relay = maker.make(fanout, command -> calls().obey(command));
        this.joins = new Joins(relay);
        this.channels = new Channels(relay);
        fanout.over(channels);
        List<LoopHub> made = new ArrayList<>(loops.size());
        for (Loop loop : loops) {
            made.add(new LoopHub(loop, settings, listener, channels));
        }
        this.loops = List.copyOf(made);
    }

    private interface RelayMaker {
        Relay make(Fanout fanout, Consumer<Command> obey);
    }

    /// The hub of a node. Over the bus of a node that is alone, what is published has reached the members on the
    /// calling loop on return, as it is, and history is kept here.
    ///
    /// @param loops all loops of the process, in the order of their index
    public static Hub of(
            Bus bus, BusForms forms, List<Loop> loops, HubSettings settings, HubListener listener) {
        return bus.alone()
                ? local(loops, settings, listener)
                : clustered(bus, forms, loops, settings, listener);
    }

    /// The hub of a node that is alone.
    public static Hub local(List<Loop> loops, HubSettings settings, HubListener listener) {
        Loop first = loops.getFirst();
        return new Hub(
                loops,
                settings,
                listener,
                (fanout, obey) -> {
                    LocalRelay relay =
                            new LocalRelay(
                                    fanout,
                                    settings.histories(),
                                    settings.historyBytes(),
                                    first.ticker(),
                                    listener,
                                    obey);
                    relay.sweepOn(first);
                    return relay;
                });
    }

    static Hub clustered(
            Bus bus, BusForms forms, List<Loop> loops, HubSettings settings, HubListener listener) {
        return new Hub(
                loops,
                settings,
                listener,
                (fanout, obey) -> {
                    BusRelay relay =
                            new BusRelay(bus, forms, settings.histories(), fanout, listener);
                    relay.obey(obey);
                    return relay;
                });
    }

    /// Adds a feature that hears of every connection. Before the first one is opened.
    public void listen(ConnectionListener feature) {
        features.add(feature);
    }

    /// From now on the connection can be written to, and must be given to [#closed] at its end.
    public void open(Connection connection) {
        LoopHub hub = hub(connection);
        connection.outbox().open(hub);
        hub.add(connection);
        listener.opened(connection.face());
        features.forEach(feature -> feature.opened(connection));
    }

    /// The connection has ended: takes it out of everything. Without effect the second time, and for one that was never
    /// opened.
    ///
    /// @param why null when the client ended it
    public void closed(Connection connection, @Nullable FailureKind why) {
        if (!connection.outbox().shut()) {
            return;
        }
        LoopHub hub = hub(connection);
        if (hub.isWalking()) {
            hub.loop().executor().execute(() -> forget(hub, connection, why));
        } else {
            forget(hub, connection, why);
        }
    }

    private void forget(LoopHub hub, Connection connection, @Nullable FailureKind why) {
        List<String> left = connection.channels();
        while (connection.joined() > 0) {
            leave(hub, connection.membership(connection.joined() - 1));
        }
        hub.remove(connection);
        listener.closed(connection.face(), why);
        features.forEach(feature -> feature.closed(connection, left, why));
    }

    /// Makes the connection a member of a channel; see [#join(Connection, String, Position)].
    public CompletionStage<Joined> join(Connection connection, String channel) {
        return join(connection, channel, null);
    }

    /// Makes the connection a member of a channel. On a node that is alone, and for channels without history, the stage
    /// has ended on return; else it ends on the connection's loop. It fails with CLIENT_GONE when the connection ended
    /// first.
    ///
    /// @param since place of the last message the client has; null when it asks for nothing it missed
    public CompletionStage<Joined> join(
            Connection connection, String channel, @Nullable Position since) {
        return joins.join(hub(connection), connection, channel, since);
    }

    /// @return whether it was a member
    public boolean leave(Connection connection, String channel) {
        LoopHub hub = hub(connection);
        Shard shard = hub.find(channel);
        Membership membership = shard == null ? null : connection.in(shard);
        if (membership == null) {
            return false;
        }
        connection.settle();
        leave(hub, membership);
        return true;
    }

    /// Takes the connection out of a channel it may not be in any more. Whoever keeps something of it there is told.
    public void expel(Connection connection, String channel) {
        leave(connection, channel);
        features.forEach(feature -> feature.expelled(connection, channel));
    }

    /// Who is about to come in.
    public Arrivals arrivals() {
        return new Arrivals(loops);
    }

    private static void leave(LoopHub hub, Membership membership) {
        Shard shard = membership.shard();
        shard.leave(membership);
        hub.release(shard);
    }

    /// Sends an event to all members of its channel on all nodes. A message of a channel with history gets its place
    /// on the way.
    public void publish(Outbound event) {
        listener.published();
        relay.publish(event);
    }

    /// Sends an event to the members of its channel on this node, for what every node hears of by itself.
    public void tell(Outbound event) {
        fanout.spread(event);
    }

    /// Sends an event to the connections of a user on this node, whatever channels they are in.
    public void tellUser(String user, Outbound event) {
        calls().tellUser(user, event);
    }

    /// Sends an event to all connections of this node whose form says something of it.
    public void tellAll(Outbound event) {
        calls().tellAll(event);
    }

    /// Does something with each connection of a user on this node, soon and on its loop, behind what was told before.
    public void eachOf(String user, Consumer<Connection> action) {
        calls().eachOf(user, action);
    }

    private LoopCalls calls() {
        return new LoopCalls(loops);
    }

    /// Whether messages of the channel get a place and are kept.
    public boolean keeps(String channel) {
        return relay.keeps(channel);
    }

    /// Place of the newest message of a channel; null where nothing was kept yet. The stage ends on any thread and does
    /// not fail.
    public CompletionStage<@Nullable Position> latest(String channel) {
        return relay.since(channel, null).thenApply(Recovery::latest);
    }

    /// The newest messages of a channel, at most `most`, in order. The stage ends on any thread and does not fail.
    public CompletionStage<Recovery<Message>> history(String channel, int most) {
        return relay.newest(channel, most);
    }

    /// The messages of a channel after a place. The stage ends on any thread and does not fail.
    public CompletionStage<Recovery<Message>> history(String channel, Position after) {
        return relay.since(channel, after);
    }

    /// Bytes of all histories in this process, about; 0 where the shared server keeps them.
    public long keptBytes() {
        return relay.keptBytes();
    }

    /// Channels with members on this node, and how many.
    public Map<String, Integer> channels() {
        Map<String, Integer> found = new TreeMap<>();
        for (Channel channel : channels.all()) {
            int size = channel.size();
            if (size > 0) {
                found.put(channel.name(), size);
            }
        }
        return found;
    }

    /// How many members a channel has on this node; somewhat late while members come and go.
    public int size(String channel) {
        Channel known = channels.find(channel);
        return known == null ? 0 : known.size();
    }

    /// Open connections of this node.
    public int connections() {
        return loops.stream().mapToInt(LoopHub::open).sum();
    }

    /// Members of a channel on this node.
    public CompletionStage<List<Member>> members(String channel) {
        Channel known = channels.find(channel);
        Collection<LoopHub> asked = new ArrayList<>();
        if (known != null) {
            for (Shard shard : known.shards()) {
                asked.add(shard.hub());
            }
        }
        return Survey.of(asked, hub -> hub.members(channel));
    }

    /// Connections of a user on this node.
    public CompletionStage<List<Member>> connectionsOf(String user) {
        return Survey.of(loops, hub -> hub.connectionsOf(user));
    }

    /// Closes all connections of a user, on all nodes.
    public void disconnectUser(String user, FailureKind why, String reason) {
        relay.command(new Command(Command.Target.USER, user, why, reason));
    }

    /// Closes one connection, on whatever node it is.
    public void disconnect(ConnectionId id, FailureKind why, String reason) {
        relay.command(new Command(Command.Target.CONNECTION, id.text(), why, reason));
    }

    LoopHub on(Loop loop) {
        return loops.get(loop.index());
    }

    private LoopHub hub(Connection connection) {
        return loops.get(connection.loop().index());
    }
}
