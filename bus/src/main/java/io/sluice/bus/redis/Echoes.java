package io.sluice.bus.redis;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Messages that listeners of this node have got already while the server was gone, and that will come back when
/// they are sent at last. Plain ones are known by name and content in the order sent, numbered ones by their serial.
///
/// A probe is sent on the same connections, so once one that left after the last of them is back, all of them are, and
/// what is still expected will never come.
final class Echoes {
    private final ConcurrentHashMap<String, Queue<byte[]>> plain = new ConcurrentHashMap<>();
    private final Set<Long> serials = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean complete;
    private boolean covered;

    /// A plain message is about to be sent that was served here.
    void expect(String name, byte[] payload) {
        plain.compute(
                name,
                (_, queue) -> {
                    Queue<byte[]> changed = queue == null ? new ArrayDeque<>() : queue;
                    changed.add(payload);
                    return changed;
                });
    }

    /// A numbered message is served here.
    ///
    /// @return whether it was not already
    boolean served(long serial) {
        return serials.add(serial);
    }

    /// No others will come back any more.
    void keepOnly(Set<Long> expected) {
        serials.retainAll(expected);
    }

    void forget(long serial) {
        serials.remove(serial);
    }

    boolean wasServed(long serial) {
        return !serials.isEmpty() && serials.remove(serial);
    }

    boolean wasServed(String name, byte[] payload) {
        if (plain.isEmpty()) {
            return false;
        }
        boolean[] found = new boolean[1];
        plain.computeIfPresent(
                name,
                (_, queue) -> {
                    byte[] next = queue.peek();
                    if (next != null && Arrays.equals(next, payload)) {
                        found[0] = true;
                        queue.remove();
                    }
                    return queue.isEmpty() ? null : queue;
                });
        return found[0];
    }

    /// The first of them is about to be sent.
    void sendingBegins() {
        synchronized (lock) {
            complete = false;
            covered = false;
        }
    }

    /// The last of them was sent.
    void sendingEnds() {
        synchronized (lock) {
            complete = true;
        }
    }

    void probeLeaves() {
        synchronized (lock) {
            covered = complete;
        }
    }

    void probeReturned() {
        synchronized (lock) {
            if (covered) {
                plain.clear();
                complete = false;
                covered = false;
            }
        }
    }

    /// The connection is gone, and with it what would have come back.
    void reset() {
        sendingBegins();
        plain.clear();
    }
}
