package io.sluice.realtime.presence;

import io.sluice.bus.Bus;
import io.sluice.bus.Topics;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.presence.PresenceEvent.Cause;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who is in which room, over all nodes. Any thread; what is not said to block returns at once, and on a node that is
/// alone its effect has come about by then.
public final class Presence implements AutoCloseable {
    private final ConcurrentMap<String, PresenceUser> users = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Set<Seat>> rooms = new ConcurrentHashMap<>();
    private final PresenceStore store;
    private final StoreAccess access;
    private final Teller teller;
    private final Ticker ticker;
    private final PresenceClock clock;
    private final Silence silence;

    /// @param topics null where there are no other nodes, like `lanes`
    Presence(
            PresenceStore store,
            @Nullable Lanes lanes,
            @Nullable Topics topics,
            Ticker ticker,
            PresenceConfig config,
            PresenceListener listener) {
        this.store = store;
        this.access = new StoreAccess(lanes);
        this.ticker = ticker;
        this.teller = new Teller(listener, ticker);
        this.clock = new PresenceClock(this, config, ticker);
        this.silence = new Silence(this, ticker, config.idle(), topics);
    }

    /// Presence over a bus. Starts a virtual thread that looks after everything that ends with time.
    public static Presence start(
            Bus bus, Ticker ticker, PresenceConfig config, PresenceListener listener) {
        Lanes lanes = bus.alone() ? null : new Lanes();
        Topics topics = bus.alone() ? null : bus.topics();
        PresenceStore store = PresenceStore.of(bus, config.lease());
        Presence presence = new Presence(store, lanes, topics, ticker, config, listener);
        presence.silence.start();
        presence.clock.start();
        return presence;
    }

    PresenceClock clock() {
        return clock;
    }

    Silence silence() {
        return silence;
    }

    /// A connection of the user has opened. Whoever calls this calls [#disconnect] once.
    public PresenceUser connect(String name) {
        long now = ticker.nanos();
        return users.compute(
                name,
                (_, known) -> {
                    PresenceUser user = known == null ? new PresenceUser(name, now) : known;
                    user.heard = now;
                    silence.end(user);
                    if (user.connections++ == 0) {
                        access.work(name, () -> store.connected(name));
                        access.work(name, () -> silence.came(name));
                    }
                    return user;
                });
    }

    /// A connection has ended, after [#part] was called for each of its rooms.
    public void disconnect(PresenceUser user) {
        change(
                user,
                known -> {
                    if (--known.connections == 0) {
                        clock.parted(known);
                    }
                });
    }

    /// A connection of the user has come into a room.
    ///
    /// @param via name of the connection, for the event that may follow
    public void enter(PresenceUser user, String room, @Nullable String via) {
        change(
                user,
                known -> {
                    Seat seat = known.in(room);
                    if (seat != null) {
                        seat.connections++;
                        return;
                    }
                    Seat taken = new Seat(known, room, ticker.epochMillis());
                    taken.connections = 1;
                    known.add(taken);
                    rooms.computeIfAbsent(room, _ -> ConcurrentHashMap.newKeySet()).add(taken);
                    come(taken, via);
                });
    }

    private void come(Seat seat, @Nullable String via) {
        String user = seat.user.name();
        access.work(
                seat.room,
                () -> {
                    if (StoreAccess.shared(() -> store.entered(seat.room, user, seat.record()))) {
                        teller.tell(seat.room, user, PresenceStatus.ONLINE, Cause.CAME, via);
                    }
                });
    }

    /// A connection of the user is no longer in a room, since it ended: the time of grace begins with the last one.
    public void part(PresenceUser user, String room) {
        change(
                user,
                known -> {
                    Seat seat = known.in(room);
                    if (seat != null && --seat.connections == 0) {
                        seat.emptySince = ticker.nanos();
                        clock.parted(known);
                    }
                });
    }

    /// A connection of the user leaves a room on purpose. No event follows: whoever leaves says so.
    ///
    /// @return whether it was the user's last connection in the room, over all nodes; on any thread
    public CompletionStage<Boolean> leave(PresenceUser user, String room) {
        CompletableFuture<Boolean> last = new CompletableFuture<>();
        change(
                user,
                known -> {
                    Seat seat = known.in(room);
                    if (seat == null || --seat.connections > 0) {
                        last.complete(seat == null);
                        return;
                    }
                    forget(seat);
                    String name = known.name();
                    access.work(
                            room,
                            () -> last.complete(StoreAccess.shared(() -> store.left(room, name))));
                });
        return last;
    }

    /// The user says how it is in a room; without effect in a room it is not in.
    public void say(PresenceUser user, String room, PresenceStatus status) {
        change(
                user,
                known -> {
                    Seat seat = known.in(room);
                    if (seat == null) {
                        return;
                    }
                    if (status == PresenceStatus.TYPING) {
                        clock.typing(seat);
                    }
                    set(seat, status, Cause.SAID);
                });
    }

    /// The user has said something in a room, so typing is over.
    public void spoke(PresenceUser user, String room) {
        change(
                user,
                known -> {
                    Seat seat = known.in(room);
                    if (seat != null && seat.status == PresenceStatus.TYPING) {
                        set(seat, PresenceStatus.ONLINE, Cause.SAID);
                    }
                });
    }

    /// A frame of the user came in. Costs a write of a field.
    public void heard(PresenceUser user) {
        user.heard = ticker.nanos();
        if (user.silent || user.quiet) {
            change(user, silence::end);
        }
    }

    /// Everybody in a room and how they are, on all nodes. May block.
    ///
    /// @throws GatewayException when the shared server is gone
    public Map<String, PresenceRecord> in(String room) {
        Map<String, PresenceRecord> found = new HashMap<>(store.in(room));
        for (Seat seat : rooms.getOrDefault(room, Set.of())) {
            found.putIfAbsent(seat.user.name(), seat.record());
        }
        return found;
    }

    /// Whether a user is in a room by any node, as far as that can be found out. May block.
    public boolean isIn(String room, String user) {
        PresenceUser here = users.get(user);
        return (here != null && here.in(room) != null)
                || StoreAccess.orElse(() -> store.comeBack(room, user) != null, false);
    }

    /// Users who are in a room by this node, those in their time of grace included.
    public Set<String> here(String room) {
        return rooms.getOrDefault(room, Set.of()).stream()
                .map(seat -> seat.user.name())
                .collect(Collectors.toSet());
    }

    /// Calls with room and user for everybody who is in a room by a connection of this node.
    public void each(BiConsumer<String, String> roomAndUser) {
        rooms.values().stream()
                .flatMap(Set::stream)
                .filter(seat -> seat.connections > 0)
                .forEach(seat -> roomAndUser.accept(seat.room, seat.user.name()));
    }

    /// Leaves users their time of grace to come back on other nodes. Blocks for some seconds at most.
    @Override
    public void close() {
        silence.close();
        clock.close();
    }

    ConcurrentMap<String, PresenceUser> known() {
        return users;
    }

    ConcurrentMap<String, Set<Seat>> seats() {
        return rooms;
    }

    Teller teller() {
        return teller;
    }

    StoreAccess access() {
        return access;
    }

    PresenceStore store() {
        return store;
    }

    /// Changes a user, one at a time for each; without effect for one that is forgotten.
    void change(PresenceUser user, Consumer<PresenceUser> change) {
        users.computeIfPresent(
                user.name(),
                (_, known) -> {
                    if (known.equals(user)) {
                        change.accept(known);
                    }
                    return known.connections == 0
                                    && known.seats().isEmpty()
                                    && !PresenceClock.waits(known)
                            ? null
                            : known;
                });
    }

    void set(Seat seat, PresenceStatus status, Cause cause) {
        PresenceStatus before = seat.shown();
        seat.status = status;
        if (seat.shown() != before) {
            show(seat, cause);
        }
    }

    /// Tells and stores what the seat shows.
    void show(Seat seat, Cause cause) {
        seat.atMs = ticker.epochMillis();
        teller.tell(seat, seat.shown(), cause);
        PresenceRecord record = seat.record();
        access.work(seat.room, () -> store.write(seat.room, seat.user.name(), record));
    }

    void forget(Seat seat) {
        seat.user.remove(seat);
        rooms.computeIfPresent(
                seat.room,
                (_, seats) -> {
                    seats.remove(seat);
                    return seats.isEmpty() ? null : seats;
                });
    }
}
