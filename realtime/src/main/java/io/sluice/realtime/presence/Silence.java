package io.sluice.realtime.presence;

import io.sluice.bus.Subscription;
import io.sluice.bus.Topics;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.presence.PresenceEvent.Cause;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Users of whom nothing was heard for long: they are idle once that is so on every node they are connected to, and no
/// longer when any of their connections speaks, or a new one comes. Each node tells the rooms it knows them in.
final class Silence implements AutoCloseable {
    /// Says the name of a user who may be idle elsewhere and is not, to all nodes.
    private static final String AWAKE = "sluice:presence:awake";

    private final Presence presence;
    private final Ticker ticker;
    private final long idleNanos;
    private final @Nullable Topics topics;
    private @Nullable Subscription hearing;

    /// @param topics null on a node that is alone
    Silence(Presence presence, Ticker ticker, Duration idle, @Nullable Topics topics) {
        this.presence = presence;
        this.ticker = ticker;
        this.idleNanos = idle.toNanos();
        this.topics = topics;
    }

    void start() {
        if (topics != null) {
            hearing =
                    topics.subscribe(
                            AWAKE,
                            (_, payload) ->
                                    heardElsewhere(new String(payload, StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void close() {
        if (hearing != null) {
            hearing.close();
        }
    }

    /// Looks for users who have fallen silent.
    void find() {
        for (PresenceUser user : presence.known().values()) {
            if (isSilentHere(user)) {
                presence.access().work(user.name(), () -> fallSilent(user));
            }
        }
    }

    private boolean isSilentHere(PresenceUser user) {
        return !user.silent && user.connections > 0 && ticker.nanos() - user.heard >= idleNanos;
    }

    private void fallSilent(PresenceUser user) {
        if (!isSilentHere(user)) {
            return;
        }
        user.quiet = true;
        if (!presence.store().silent(user.name())) {
            return;
        }
        List<Seat> seats = new ArrayList<>();
        presence.change(
                user,
                known -> {
                    if (isSilentHere(known)) {
                        seats.addAll(online(known));
                        known.silent = true;
                    }
                });
        seats.forEach(this::tellIdle);
    }

    /// One of its connections here has come or spoken. While the user is changed.
    void end(PresenceUser user) {
        if (!user.silent && !user.quiet) {
            return;
        }
        boolean shown = user.silent;
        user.quiet = false;
        user.silent = false;
        if (shown) {
            online(user).forEach(seat -> presence.show(seat, Cause.WOKE));
        }
        presence.access()
                .work(
                        user.name(),
                        () -> {
                            presence.store().awake(user.name());
                            if (shown) {
                                tellOthers(user.name());
                            }
                        });
    }

    /// The user has its first connection here. Blocks.
    void came(String name) {
        tellOthers(name);
    }

    private void tellOthers(String name) {
        if (topics != null && presence.store().isElsewhere(name)) {
            topics.publish(AWAKE, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void heardElsewhere(String name) {
        PresenceUser user = presence.known().get(name);
        if (user == null || !(user.silent || user.quiet)) {
            return;
        }
        List<Seat> seats = new ArrayList<>();
        presence.change(
                user,
                known -> {
                    boolean shown = known.silent;
                    known.heard = ticker.nanos();
                    known.quiet = false;
                    known.silent = false;
                    if (shown) {
                        seats.addAll(online(known));
                    }
                });
        presence.access().work(name, () -> presence.store().awake(name));
        seats.forEach(this::tellOnline);
    }

    /// Unless another node has.
    private void tellIdle(Seat seat) {
        String name = seat.user.name();
        presence.access()
                .work(
                        seat.room,
                        () -> {
                            if (seat.shown() == PresenceStatus.IDLE
                                    && presence.store().comeBack(seat.room, name)
                                            != PresenceStatus.IDLE) {
                                presence.show(seat, Cause.SILENT);
                            }
                        });
    }

    private void tellOnline(Seat seat) {
        presence.access()
                .work(
                        seat.room,
                        () -> {
                            if (seat.shown() == PresenceStatus.ONLINE) {
                                presence.show(seat, Cause.WOKE);
                            }
                        });
    }

    private static List<Seat> online(PresenceUser user) {
        return user.seats().stream().filter(seat -> seat.status == PresenceStatus.ONLINE).toList();
    }
}
