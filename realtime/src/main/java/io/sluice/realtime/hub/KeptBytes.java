package io.sluice.realtime.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What all histories of this node take together, and which of them was used longest ago. Anybody may say something in
/// channels nobody is in, so the bound of one channel is not enough. Any thread; the lock is held for a few
/// instructions, and by a channel in use at most once a second.
final class KeptBytes {
    private final long most;
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<String, KeptChannel> byUse = new LinkedHashMap<>();

    /// @param most bytes of all histories together, about
    KeptBytes(long most) {
        this.most = most;
    }

    void add(long more) {
        bytes.addAndGet(more);
    }

    long bytes() {
        return bytes.get();
    }

    boolean tooMany() {
        return bytes.get() > most;
    }

    /// A history begins.
    void begin(KeptChannel channel) {
        lock.lock();
        try {
            byUse.put(channel.name(), channel);
        } finally {
            lock.unlock();
        }
    }

    /// A history was used; without effect for one that has ended.
    void used(KeptChannel channel) {
        lock.lock();
        try {
            if (channel.equals(byUse.get(channel.name()))) {
                byUse.putLast(channel.name(), channel);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A history has ended.
    void end(KeptChannel channel) {
        lock.lock();
        try {
            byUse.remove(channel.name(), channel);
        } finally {
            lock.unlock();
        }
    }

    /// The history that was used longest ago, to within a second.
    @Nullable KeptChannel oldest() {
        lock.lock();
        try {
            Map.Entry<String, KeptChannel> first = byUse.firstEntry();
            return first == null ? null : first.getValue();
        } finally {
            lock.unlock();
        }
    }
}
