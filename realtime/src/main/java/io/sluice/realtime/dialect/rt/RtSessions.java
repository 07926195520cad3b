package io.sluice.realtime.dialect.rt;

import io.sluice.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Sessions that clients have described. One whose group has had no members for the given time is forgotten, and when
/// they are too many or too large together, those described longest ago: anybody may describe sessions of any group, so
/// what is held is bounded whatever is sent. Any thread, with a short lock.
final class RtSessions {
    static final int MOST = 10_000;

    /// Bytes of all sessions together, about.
    static final long MOST_BYTES = 4 * 1024 * 1024;

    /// Bytes of one session, names included; a larger one is not remembered.
    static final int LARGEST = 8 * 1024;

    /// What a session costs beside its names and its meta, about.
    private static final int OVERHEAD = 200;

    private final Ticker ticker;
    private final long orphanNanos;
    private final Predicate<String> peopled;
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<Key, Session> sessions = new LinkedHashMap<>();
    private long bytes;

    private record Key(String group, String id) {}

    @SuppressWarnings("ArrayRecordComponent") // never changed or compared
    private record Session(byte[] meta, long createdAt, long updatedAt, long lonelyNanos) {
        static final long NOT_LONELY = Long.MIN_VALUE;
    }

    /// @param peopled whether a group, by its local name, has members
    RtSessions(Ticker ticker, Duration orphanTtl, Predicate<String> peopled) {
        this.ticker = ticker;
        this.orphanNanos = orphanTtl.toNanos();
        this.peopled = peopled;
    }

    /// Replaces what is known of a session, or begins one. Without effect for one that is too large.
    ///
    /// @param meta JSON text
    void note(String group, String id, byte[] meta) {
        long now = ticker.epochMillis();
        Key key = new Key(group, id);
        long cost = cost(key, meta);
        if (cost > LARGEST) {
            return;
        }
        lock.lock();
        try {
            Session known = sessions.get(key);
            long created = known == null ? now : known.createdAt;
            bytes += cost - (known == null ? 0 : cost(key, known.meta));
            sessions.putLast(key, new Session(meta, created, now, Session.NOT_LONELY));
            while (sessions.size() > MOST || bytes > MOST_BYTES) {
                Map.Entry<Key, Session> oldest = sessions.pollFirstEntry();
                bytes -= cost(oldest.getKey(), oldest.getValue().meta);
            }
        } finally {
            lock.unlock();
        }
    }

    private static long cost(Key key, byte[] meta) {
        return OVERHEAD + 2L * (key.group.length() + key.id.length()) + meta.length;
    }

    /// Looks for orphans; to be called again and again.
    void sweep() {
        long now = ticker.nanos();
        lock.lock();
        try {
            sessions.entrySet().removeIf(entry -> isOver(entry, now));
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(Map.Entry<Key, Session> entry, long now) {
        Session session = entry.getValue();
        boolean over = false;
        if (peopled.test(entry.getKey().group)) {
            entry.setValue(lonely(session, Session.NOT_LONELY));
        } else if (session.lonelyNanos == Session.NOT_LONELY) {
            entry.setValue(lonely(session, now));
            over = orphanNanos == 0;
        } else {
            over = now - session.lonelyNanos >= orphanNanos;
        }
        if (over) {
            bytes -= cost(entry.getKey(), session.meta);
        }
        return over;
    }

    private static Session lonely(Session session, long since) {
        return session.lonelyNanos == since
                ? session
                : new Session(session.meta, session.createdAt, session.updatedAt, since);
    }

    int size() {
        lock.lock();
        try {
            return sessions.size();
        } finally {
            lock.unlock();
        }
    }

    /// Bytes of all of them, about.
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /// Sessions of a group, by its local name, those described longest ago first.
    List<RtSession> of(String group) {
        List<RtSession> found = new ArrayList<>();
        lock.lock();
        try {
            sessions.forEach((key, one) -> {
                if (key.group.equals(group)) {
                    String meta = new String(one.meta, StandardCharsets.UTF_8);
                    found.add(new RtSession(key.id, meta, one.createdAt, one.updatedAt));
                }
            });
        } finally {
            lock.unlock();
        }
        return found;
    }
}
