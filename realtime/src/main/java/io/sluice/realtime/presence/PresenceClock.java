package io.sluice.realtime.presence;

import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.presence.PresenceEvent.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What ends with time: typing, grace, silence, leases. [#tick] does what is due, on one thread at a time; a queue holds
/// those who wait, since all of one kind wait equally long.
final class PresenceClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PresenceClock.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LONGEST_END = Duration.ofSeconds(1);

    private final Presence presence;
    private final Upkeep upkeep;
    private final Ticker ticker;
    private final long typingNanos;
    private final long graceNanos;
    private final long refreshNanos;
    private final long sweepNanos;
    private final Queue<Wait<Seat>> typing = new ConcurrentLinkedQueue<>();
    private final Queue<Wait<PresenceUser>> parted = new ConcurrentLinkedQueue<>();
    private long refreshedAt;
    private long sweptAt;

    /// What asks much of the store, beside this thread, so that it does not hold up typing and grace. One at a time.
    private Future<?> errand = CompletableFuture.completedFuture("none yet");

    private @Nullable Thread thread;

    private record Wait<T>(T who, long until) {}

    PresenceClock(Presence presence, PresenceConfig config, Ticker ticker) {
        this.presence = presence;
        this.upkeep = new Upkeep(presence, ticker, config.lease());
        this.ticker = ticker;
        this.typingNanos = config.typing().toNanos();
        this.graceNanos = config.grace().toNanos();
        this.refreshNanos = config.refresh().toNanos();
        this.sweepNanos = config.sweep().toNanos();
        this.refreshedAt = ticker.nanos();
        this.sweptAt = refreshedAt;
    }

    /// Ticks from now on, on a virtual thread, until closed.
    void start() {
        thread = Thread.ofVirtual().name("presence").start(this::run);
    }

    private void run() {
        try {
            while (true) {
                Pause.of(TICK);
                tickSafely();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void tickSafely() {
        try {
            tick();
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Presence missed a beat");
        }
    }

    /// Ends with what this node said of its users. Blocks for some seconds at most.
    @Override
    public void close() {
        rest();
        upkeep.part(Duration.ofNanos(graceNanos));
    }

    /// Returns once nothing is done any more; blocks for a moment.
    private void rest() {
        try {
            if (thread != null) {
                thread.interrupt();
                thread.join(LONGEST_END);
            }
            errand.get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException slow) {
            errand.cancel(true);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /// The seat shows typing from now on, for a while.
    void typing(Seat seat) {
        seat.typingUntil = ticker.nanos() + typingNanos;
        typing.add(new Wait<>(seat, seat.typingUntil));
    }

    /// The user has no connection any more, here or in some room.
    void parted(PresenceUser user) {
        user.partings++;
        parted.add(new Wait<>(user, ticker.nanos() + graceNanos));
    }

    /// Whether it is still looked at again.
    static boolean waits(PresenceUser user) {
        return user.partings > 0;
    }

    void tick() {
        long now = ticker.nanos();
        endTyping(now);
        endGrace(now);
        if (errand.isDone() && now - refreshedAt >= refreshNanos) {
            refreshedAt = now;
            errand = presence.access().aside(upkeep::refresh);
        }
        if (errand.isDone() && now - sweptAt >= sweepNanos) {
            sweptAt = now;
            presence.silence().find();
            errand = presence.access().aside(upkeep::sweep);
        }
    }

    private void endTyping(long now) {
        for (Wait<Seat> next = typing.peek();
                next != null && next.until() - now <= 0;
                next = typing.peek()) {
            typing.poll();
            Seat seat = next.who();
            presence.change(
                    seat.user,
                    user -> {
                        boolean over = seat.typingUntil - now <= 0;
                        if (over && seat.status == PresenceStatus.TYPING && user.has(seat)) {
                            presence.set(seat, PresenceStatus.ONLINE, Cause.DECAYED);
                        }
                    });
        }
    }

    private void endGrace(long now) {
        for (Wait<PresenceUser> next = parted.peek();
                next != null && next.until() - now <= 0;
                next = parted.peek()) {
            parted.poll();
            presence.change(next.who(), user -> endGrace(user, now));
        }
    }

    private void endGrace(PresenceUser user, long now) {
        user.partings--;
        for (Seat seat : new ArrayList<>(user.seats())) {
            if (seat.connections == 0 && now - seat.emptySince >= graceNanos) {
                presence.forget(seat);
                presence.access().work(seat.room, () -> end(seat));
            }
        }
        if (user.connections == 0 && user.partings == 0) {
            String name = user.name();
            presence.access().work(name, () -> end(name));
        }
    }

    private void end(Seat seat) {
        String name = seat.user.name();
        boolean last = StoreAccess.shared(() -> presence.store().left(seat.room, name));
        if (last && seat.status == PresenceStatus.OFFLINE) {
            presence.teller().tellLeft(seat.room, name);
        } else if (last) {
            presence.teller().tell(seat, PresenceStatus.OFFLINE, Cause.GONE);
        }
        if (last) {
            upkeep.lookAgain(seat.room, name);
        }
    }

    /// On a lane the user may have come back since.
    private void end(String name) {
        PresenceUser back = presence.known().get(name);
        boolean here = back != null && back.connections > 0;
        if (!here && StoreAccess.shared(() -> presence.store().disconnected(name))) {
            presence.teller().tellGone(name);
        }
    }
}
