package io.sluice.bus.local;

import io.sluice.bus.Numbered;
import io.sluice.bus.Portion;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The newest messages of one numbered topic. The lock is held for a few instructions, never while listeners run.
final class Ring {
    /// An empty or unused topic keeps its epoch this long.
    private static final long SHORTEST_AGE_MILLIS = 300_000;

    private final String epoch;
    private final ArrayDeque<Numbered> kept = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Numbered> leaving = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private long offset;
    private long touched;
    private long ageMillis = SHORTEST_AGE_MILLIS;
    private boolean ended;

    Ring(String epoch, long now) {
        this.epoch = epoch;
        this.touched = now;
    }

    /// Numbers a message and lines it up for [#deliver], or null when the topic was forgotten meanwhile.
    synchronized @Nullable Numbered add(byte[] payload, Retention retention, long now) {
        if (ended) {
            return null;
        }
        expire(now);
        Numbered message = new Numbered(new Position(epoch, ++offset), payload);
        kept.addLast(message);
        while (kept.size() > retention.messages()) {
            kept.removeFirst();
        }
        touched = now;
        ageMillis = retention.age().toMillis();
        leaving.add(message);
        return message;
    }

    /// Hands out what is lined up, in order, unless another thread is at it: then that one does.
    void deliver(Consumer<Numbered> to) {
        if (underWay.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            Numbered next = leaving.poll();
            while (next != null) {
                to.accept(next);
                next = leaving.poll();
            }
            seen = underWay.addAndGet(-seen);
        } while (seen != 0);
    }

    synchronized Replay since(Position after, Portion most, long now) {
        expire(now);
        Position latest = new Position(epoch, offset);
        long missing = offset - after.offset();
        if (!epoch.equals(after.epoch()) || missing < 0 || missing > fitting(most)) {
            return Replay.lost(latest);
        }
        List<Numbered> messages = new ArrayList<>((int) missing);
        for (Numbered message : kept) {
            if (message.position().offset() > after.offset()) {
                messages.add(message);
            }
        }
        return new Replay(true, messages, latest);
    }

    /// How many of the newest messages are no more than this.
    private int fitting(Portion most) {
        long bytes = 0;
        int count = 0;
        for (Numbered message : kept.reversed()) {
            bytes += message.payload().length;
            if (count == most.messages() || bytes > most.bytes()) {
                break;
            }
            count++;
        }
        return count;
    }

    synchronized Replay newest(Portion most, long now) {
        expire(now);
        int from = kept.size() - fitting(most);
        return new Replay(true, kept.stream().skip(from).toList(), latest());
    }

    synchronized Position latest() {
        return new Position(epoch, offset);
    }

    /// Ends the ring for good if nothing in it is young enough.
    synchronized boolean end(long now) {
        ended = now - touched > Math.max(ageMillis, SHORTEST_AGE_MILLIS);
        return ended;
    }

    private void expire(long now) {
        if (now - touched > ageMillis) {
            kept.clear();
        }
    }
}
