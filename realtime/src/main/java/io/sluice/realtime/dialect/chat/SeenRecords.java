package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.LogRecord;
import io.sluice.bus.Table;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.session.DedupeWindow;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Knows for a while which records of the log were brought to their rooms: by this node in any case, and by any node
/// where they share a server. A record is noted only behind what it led to, so one in hand when a node dies comes
/// again rather than never. Blocks, for one question to the shared server; does not fail.
final class SeenRecords {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST = 20_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;
    private static final String BY = "by";

    /// Keys that wait to be shared. What does not fit, while the shared server is slow, is known to this node alone.
    private static final int MOST_WAITING = 10_000;

    private final DedupeWindow<Boolean> own;
    private final @Nullable Table shared;
    private final String node;
    private final BlockingQueue<String> unshared = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicBoolean sharing = new AtomicBoolean();

    SeenRecords(Bus bus, Ticker ticker) {
        this(bus.alone() ? null : bus.table(), bus.node(), ticker);
    }

    SeenRecords(@Nullable Table shared, String node, Ticker ticker) {
        this.own = new DedupeWindow<>(ticker, WINDOW, MOST, MOST_BYTES, _ -> 0);
        this.shared = shared;
        this.node = node;
    }

    private static String key(LogRecord record) {
        return "record:" + record.topic() + ':' + record.id();
    }

    /// Whether it has to be told; from now on this node takes it for told.
    boolean isNew(LogRecord record) {
        String key = key(record);
        if (own.first(key, true) != null) {
            return false;
        }
        try {
            return shared == null || shared.get(key, BY) == null;
        } catch (GatewayException gone) {
            return true;
        }
    }

    /// Returns at once: the other nodes know a little later.
    void told(LogRecord record) {
        Table table = shared;
        if (table != null && unshared.offer(key(record))) {
            shareOn(table);
        }
    }

    /// One thread at a time, for as long as there is something to share.
    private void shareOn(Table table) {
        if (!unshared.isEmpty() && sharing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("chat-records").start(() -> shareAll(table));
        }
    }

    private void shareAll(Table table) {
        try {
            for (String key = unshared.poll(); key != null; key = unshared.poll()) {
                note(table, key);
            }
        } finally {
            sharing.set(false);
        }
        shareOn(table);
    }

    private void note(Table table, String key) {
        try {
            table.put(key, BY, node, WINDOW);
        } catch (GatewayException gone) {
            // Should it come again, it is told again.
        }
    }
}
