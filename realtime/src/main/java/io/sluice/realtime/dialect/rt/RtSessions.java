package io.sluice.realtime.dialect.rt;

import io.sluice.core.json.JsonValue;
import io.sluice.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// Sessions that clients have described. One whose group has had no members for the given time is forgotten, and when
/// there are too many, the one described first. Any thread, with a short lock.
final class RtSessions {
    static final int MOST = 10_000;

    private final Ticker ticker;
    private final long orphanNanos;
    private final Predicate<String> peopled;
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<Key, Session> sessions = new LinkedHashMap<>();

    private record Key(String group, String id) {}

    private record Session(JsonValue meta, long createdAt, long updatedAt, long lonelyNanos) {
        static final long NOT_LONELY = Long.MIN_VALUE;
    }

    /// @param peopled whether a group, by its local name, has members
    RtSessions(Ticker ticker, Duration orphanTtl, Predicate<String> peopled) {
        this.ticker = ticker;
        this.orphanNanos = orphanTtl.toNanos();
        this.peopled = peopled;
    }

    /// Replaces what is known of a session, or begins one.
    void note(String group, String id, JsonValue meta) {
        long now = ticker.epochMillis();
        Key key = new Key(group, id);
        lock.lock();
        try {
            Session known = sessions.get(key);
            if (known == null && sessions.size() == MOST) {
                sessions.pollFirstEntry();
            }
            long created = known == null ? now : known.createdAt;
            sessions.put(key, new Session(meta, created, now, Session.NOT_LONELY));
        } finally {
            lock.unlock();
        }
    }

    /// Looks for orphans; to be called again and again.
    void sweep() {
        long now = ticker.nanos();
        lock.lock();
        try {
            sessions.entrySet()
                    .removeIf(entry -> {
                        Session session = entry.getValue();
                        if (peopled.test(entry.getKey().group)) {
                            entry.setValue(lonely(session, Session.NOT_LONELY));
                            return false;
                        }
                        if (session.lonelyNanos == Session.NOT_LONELY) {
                            entry.setValue(lonely(session, now));
                            return orphanNanos == 0;
                        }
                        return now - session.lonelyNanos >= orphanNanos;
                    });
        } finally {
            lock.unlock();
        }
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

    /// Sessions of a group, by its local name, in the order they were first described.
    List<RtSession> of(String group) {
        List<RtSession> found = new ArrayList<>();
        lock.lock();
        try {
            sessions.forEach((key, one) -> {
                if (key.group.equals(group)) {
                    found.add(new RtSession(key.id, one.meta, one.createdAt, one.updatedAt));
                }
            });
        } finally {
            lock.unlock();
        }
        return found;
    }
}
