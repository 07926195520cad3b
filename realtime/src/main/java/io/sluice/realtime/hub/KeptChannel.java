package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.history.HistoryConfig;
import io.sluice.realtime.history.HistoryRing;
import io.sluice.realtime.history.Recovery;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The history of one channel in this process. A message gets its place and goes to all loops under one short lock,
/// so the order of the history is the order of delivery.
final class KeptChannel {
    /// Head of a message beside its body, about.
    private static final int OVERHEAD = 128;

    /// How long an unused numbering lives on after its messages, so that quiet channels can still be recovered.
    private static final long IDLE_NANOS = Duration.ofHours(1).toNanos();

    private final Lock lock = new ReentrantLock();
    private final HistoryRing<Message> ring;
    private final Ticker ticker;
    private long usedAt;
    private boolean ended;

    KeptChannel(HistoryConfig limits, Ticker ticker) {
        this.ring = new HistoryRing<>(UUID.randomUUID().toString(), limits);
        this.ticker = ticker;
        this.usedAt = ticker.nanos();
    }

    /// What a message counts for.
    static int bytes(Message message) {
        return message.body().length + OVERHEAD;
    }

    /// @return false when this history has ended
    boolean publish(Message message, Fanout fanout) {
        LoopHub own;
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            usedAt = ticker.nanos();
            Message placed = message.at(ring.next());
            ring.add(placed, bytes(message), usedAt);
            own = fanout.queue(placed);
        } finally {
            lock.unlock();
        }
        if (own != null) {
            own.inbox().drain();
        }
        return true;
    }

    Recovery<Message> since(@Nullable Position after) {
        lock.lock();
        try {
            usedAt = ticker.nanos();
            return ring.since(after, usedAt);
        } finally {
            lock.unlock();
        }
    }

    Recovery<Message> newest(int most) {
        lock.lock();
        try {
            return new Recovery<>(true, ring.newest(most, ticker.nanos()), ring.latest());
        } finally {
            lock.unlock();
        }
    }

    /// Lets go of old messages, and ends it if there are none left and it was not used for long.
    ///
    /// @return whether it has ended
    boolean end() {
        lock.lock();
        try {
            long now = ticker.nanos();
            ended = ring.expire(now) && now - usedAt >= IDLE_NANOS;
            return ended;
        } finally {
            lock.unlock();
        }
    }
}
