package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Instance;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Which instance the sessions of one route are on, by the id the client chose. Holds a bounded number; a session is
/// forgotten some time after its last use, or earlier when the table is full and it is among the least used. Any loop;
/// looking up takes no lock.
final class SessionTable {
    /// Slots looked at to find one to free.
    private static final int LOOKED_AT = 8;

    private static final class Session {
        final String id;
        volatile Instance instance;
        volatile long usedAt;

        Session(String id, Instance instance, long usedAt) {
            this.id = id;
            this.instance = instance;
            this.usedAt = usedAt;
        }
    }

    private final long ttlNanos;
    private final ConcurrentMap<String, Session> sessions = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Session> slots;
    private final AtomicInteger hand = new AtomicInteger();

    SessionTable(int capacity, long ttlNanos) {
        this.ttlNanos = ttlNanos;
        this.slots = new AtomicReferenceArray<>(capacity);
    }

    /// The instance of a session, which is thereby used; null when it is not known or was not used for too long.
    @Nullable Instance find(String id, long now) {
        Session session = sessions.get(id);
        if (session == null || now - session.usedAt >= ttlNanos) {
            return null;
        }
        if (now - session.usedAt > ttlNanos >> 8) {
            session.usedAt = now;
        }
        return session.instance;
    }

    /// Puts a session on an instance.
    void put(String id, Instance instance, long now) {
        Session session = new Session(id, instance, now);
        Session known = sessions.putIfAbsent(id, session);
        if (known == null) {
            seat(session, now);
        } else {
            known.instance = instance;
            known.usedAt = now;
        }
    }

    private void seat(Session session, long now) {
        while (true) {
            int slot = slotToUse(now);
            Session victim = slots.get(slot);
            if (slots.compareAndSet(slot, victim, session)) {
                if (victim != null) {
                    sessions.remove(victim.id, victim);
                }
                return;
            }
        }
    }

    private int slotToUse(long now) {
        int length = slots.length();
        int start = Integer.remainderUnsigned(hand.getAndAdd(LOOKED_AT), length);
        int best = start;
        long longest = -1;
        for (int i = 0; i < LOOKED_AT; i++) {
            int slot = (start + i) % length;
            Session session = slots.get(slot);
            if (session == null) {
                return slot;
            }
            long idle = now - session.usedAt;
            if (idle > longest) {
                longest = idle;
                best = slot;
            }
        }
        return best;
    }

    int size() {
        return sessions.size();
    }

    boolean fits(int capacity, long ttl) {
        return slots.length() == capacity && ttlNanos == ttl;
    }
}
