package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.net.loop.Loop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one loop knows of the hub: its connections, its shards, and what waits to be written. Loop thread.
final class LoopHub {
    /// Room for the head of a frame beside its text; a buffer grows when a form needs more.
    static final int FRAME_HEAD = 16;

    private final Loop loop;
    private final HubSettings settings;
    private final HubListener listener;
    private final Channels channels;
    private final FlushPass pass;
    private final Inbox inbox;
    private final ConnectionTable connections = new ConnectionTable();
    private final Users users = new Users();
    private final EarlyCommands early = new EarlyCommands();
    private final LoopArrivals arrivals = new LoopArrivals();
    private final Map<String, Shard> shards = new HashMap<>();
    private int depth;
    private int behind;

    /// Read by other threads for counts.
    private volatile int open;

    LoopHub(Loop loop, HubSettings settings, HubListener listener, Channels channels) {
        this.loop = loop;
        this.pass = new FlushPass(this);
        this.settings = settings;
        this.listener = listener;
        this.channels = channels;
        this.inbox = new Inbox(this, loop.executor());
    }

    Loop loop() {
        return loop;
    }

    HubSettings settings() {
        return settings;
    }

    HubListener listener() {
        return listener;
    }

    FlushPass pass() {
        return pass;
    }

    Inbox inbox() {
        return inbox;
    }

    ConnectionTable connections() {
        return connections;
    }

    Users users() {
        return users;
    }

    LoopArrivals arrivals() {
        return arrivals;
    }

    /// Closes a connection, now or when it opens.
    void close(ConnectionId id, Command command) {
        Connection connection = connections.find(id);
        if (connection == null) {
            early.add(id, command);
        } else {
            connection.outbox().close(command.why(), command.reason());
        }
    }

    /// What [#close] said of a connection before it was opened.
    private void obeyEarly(Connection connection) {
        Command command = early.take(connection);
        if (command != null) {
            loop.executor()
                    .execute(() -> connection.outbox().close(command.why(), command.reason()));
        }
    }

    ByteBuf buffer(int textBytes) {
        return ByteBufAllocator.DEFAULT.directBuffer(textBytes + FRAME_HEAD);
    }

    /// Cohorts are being walked until [#exit]: nobody may leave them.
    void enter() {
        depth++;
    }

    void exit() {
        depth--;
    }

    boolean isWalking() {
        return depth > 0;
    }

    void fellBehind() {
        behind++;
    }

    void caughtUp() {
        behind--;
    }

    boolean anyBehind() {
        return behind > 0;
    }

    void add(Connection connection) {
        connections.add(connection);
        users.add(connection);
        open = connections.size();
        obeyEarly(connection);
    }

    void remove(Connection connection) {
        connections.remove(connection);
        users.remove(connection);
        open = connections.size();
    }

    /// Any thread.
    int open() {
        return open;
    }

    @Nullable Shard find(String channel) {
        return shards.get(channel);
    }

    /// The shard of the channel on this loop, a new one if there is none. Whoever does not use it gives it back with
    /// [#release].
    Shard shard(String channel) {
        Shard shard = shards.get(channel);
        if (shard == null) {
            shard = channels.attach(channel, this);
            shards.put(channel, shard);
        }
        return shard;
    }

    /// Lets go of a shard that nobody uses any more.
    void release(Shard shard) {
        if (shard.isUnused() && shards.remove(shard.name(), shard)) {
            channels.detach(shard);
        }
    }

    int shards() {
        return shards.size();
    }

    List<Member> members(String channel) {
        Shard shard = shards.get(channel);
        List<Member> found = new ArrayList<>();
        if (shard != null) {
            shard.each(connection -> found.add(Member.of(connection)));
        }
        return found;
    }

    List<Member> connectionsOf(String user) {
        return users.of(user).stream().map(Member::of).toList();
    }
}
