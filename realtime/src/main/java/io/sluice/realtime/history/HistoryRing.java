package io.sluice.realtime.history;

import io.sluice.bus.Position;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest messages of one channel, numbered from 1 within one epoch, bounded in number, bytes and age. Not
/// thread-safe: its owner holds a lock, so that the order here is the order of delivery.
public final class HistoryRing<T> {

    private record Entry<T>(T message, int bytes, long nanos) {}

    private final String epoch;
    private final HistoryConfig limits;
    private final Deque<Entry<T>> entries = new ArrayDeque<>();
    private long lastOffset;
    private long bytes;

    /// @param epoch names this numbering; never used for another one
    public HistoryRing(String epoch, HistoryConfig limits) {
        this.epoch = epoch;
        this.limits = limits;
    }

    /// Place that the next message will have.
    public Position next() {
        return new Position(epoch, lastOffset + 1);
    }

    /// Place of the newest message, offset 0 before the first.
    public Position latest() {
        return new Position(epoch, lastOffset);
    }

    /// Keeps a message at the place [#next] has named.
    ///
    /// @param size bytes it counts for
    /// @param nanos now, in the monotonic clock of all calls
    public void add(T message, int size, long nanos) {
        lastOffset++;
        entries.addLast(new Entry<>(message, size, nanos));
        bytes += size;
        while (entries.size() > limits.size() || bytes > limits.maxBytes()) {
            dropFirst();
        }
        expire(nanos);
    }

    /// All messages after a place, if they are all still here. They are not when the place is null, of another epoch,
    /// older than what is kept, or newer than the newest message.
    public Recovery<T> since(@Nullable Position after, long nanos) {
        expire(nanos);
        if (after == null || !after.epoch().equals(epoch)) {
            return Recovery.lost(latest());
        }
        long missed = lastOffset - after.offset();
        if (missed < 0 || missed > entries.size() || after.offset() < 0) {
            return Recovery.lost(latest());
        }
        return new Recovery<>(true, newest((int) missed), latest());
    }

    /// The newest messages, at most `most`, in order.
    public List<T> newest(int most, long nanos) {
        expire(nanos);
        return newest(Math.min(most, entries.size()));
    }

    private List<T> newest(int count) {
        List<T> found = new ArrayList<>(count);
        var backwards = entries.descendingIterator();
        for (int i = 0; i < count; i++) {
            found.add(backwards.next().message());
        }
        return found.reversed();
    }

    /// Lets go of what is too old.
    ///
    /// @return whether nothing is kept any more
    public boolean expire(long nanos) {
        Entry<T> first = entries.peekFirst();
        while (first != null && nanos - first.nanos() >= limits.ttl().toNanos()) {
            dropFirst();
            first = entries.peekFirst();
        }
        return entries.isEmpty();
    }

    private void dropFirst() {
        bytes -= entries.removeFirst().bytes();
    }

    public int size() {
        return entries.size();
    }

    /// Bytes of all kept messages together.
    public long bytes() {
        return bytes;
    }
}
