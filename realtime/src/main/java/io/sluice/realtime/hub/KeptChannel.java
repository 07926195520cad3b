package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.history.HistoryConfig;
import io.sluice.realtime.history.HistoryRing;
import io.sluice.realtime.history.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The history of one channel in this process. A message gets its place and goes to all loops under one short lock,
/// so the order of the history is the order of delivery.
final class KeptChannel {
    /// Head of a message beside its body and the name of its channel, about.
    private static final int OVERHEAD = 256;

    /// A history without messages beside the name of its channel, about.
    private static final int EMPTY = 1024;

    /// How long an unused numbering lives on after its messages, so that quiet channels can still be recovered.
    private static final long IDLE_NANOS = Duration.ofHours(1).toNanos();

    /// How exactly it is known which history was used last.
    private static final long USE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Lock lock = new ReentrantLock();
    private final String name;
    private final HistoryRing<Message> ring;
    private final Ticker ticker;
    private final KeptBytes all;
    private long usedAt;
    private long toldAt;

    /// What [#all] counts of this history.
    private long counted;

    private boolean ended;

    /// Begins a history, whose bytes count until it has ended.
    ///
    /// @param epoch in which no message of this channel was ever given a place
    KeptChannel(String name, String epoch, HistoryConfig limits, Ticker ticker, KeptBytes all) {
        this.name = name;
        this.ring = new HistoryRing<>(epoch, limits);
        this.ticker = ticker;
        this.all = all;
        this.usedAt = ticker.nanos();
        this.toldAt = usedAt;
        count();
        all.begin(this);
    }

    String name() {
        return name;
    }

    /// What a message counts for.
    static int bytes(Message message) {
        return message.body().length + OVERHEAD;
    }

    /// @return false when this history has ended
    boolean publish(Message message, Fanout fanout) {
        LoopHub own;
        boolean tell;
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            tell = use();
            Message placed = message.at(ring.next());
            ring.add(placed, bytes(message) + name.length(), usedAt);
            count();
            own = fanout.queue(placed);
        } finally {
            lock.unlock();
        }
        if (tell) {
            all.used(this);
        }
        if (own != null) {
            own.inbox().drain();
        }
        return true;
    }

    /// @return null when this history has ended
    @Nullable Recovery<Message> since(@Nullable Position after) {
        Recovery<Message> found;
        boolean tell;
        lock.lock();
        try {
            if (ended) {
                return null;
            }
            tell = use();
            found = ring.since(after, usedAt);
            count();
        } finally {
            lock.unlock();
        }
        if (tell) {
            all.used(this);
        }
        return found;
    }

    private boolean use() {
        usedAt = ticker.nanos();
        if (usedAt - toldAt < USE_NANOS) {
            return false;
        }
        toldAt = usedAt;
        return true;
    }

    private void count() {
        long now = EMPTY + 2L * name.length() + ring.bytes();
        if (now != counted) {
            all.add(now - counted);
            counted = now;
        }
    }

    Recovery<Message> newest(int most) {
        lock.lock();
        try {
            List<Message> found = ring.newest(most, ticker.nanos());
            if (!ended) {
                count();
            }
            return new Recovery<>(true, found, ring.latest());
        } finally {
            lock.unlock();
        }
    }

    /// Whether any message was given a place here, kept or not.
    boolean everHeld() {
        lock.lock();
        try {
            return ring.latest().offset() > 0;
        } finally {
            lock.unlock();
        }
    }

    /// Why a history may have to end.
    enum Cause {
        /// Time has passed: it ends if there are no messages left and it was not used for long.
        TIME,
        /// Nobody is in the channel any more: it ends if it never had a message.
        LEFT,
        /// Memory is short: it ends.
        SPACE
    }

    /// Lets go of old messages, and ends the history if there is cause.
    ///
    /// @return whether it has ended
    boolean end(Cause cause) {
        lock.lock();
        try {
            if (ended) {
                return true;
            }
            long now = ticker.nanos();
            boolean empty = ring.expire(now);
            ended =
                    switch (cause) {
                        case TIME -> empty && now - usedAt >= IDLE_NANOS;
                        case LEFT -> ring.latest().offset() == 0;
                        case SPACE -> true;
                    };
            if (ended) {
                all.add(-counted);
            } else {
                count();
            }
        } finally {
            lock.unlock();
        }
        if (ended) {
            all.end(this);
        }
        return ended;
    }
}
