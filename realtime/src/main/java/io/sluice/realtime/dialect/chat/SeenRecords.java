package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.LogRecord;
import io.sluice.bus.Table;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.session.DedupeWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Knows for a while which records of the log were brought to their rooms: by this node in any case, and by any node
/// where they share a server. A record is noted only behind what it led to, so one in hand when a node dies comes
/// again rather than never. Blocks, for one question to the shared server; does not fail.
final class SeenRecords {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST = 20_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;
    private static final String BY = "by";

    private final DedupeWindow<Boolean> own;
    private final @Nullable Table shared;
    private final String node;

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
        if (table != null) {
            Thread.ofVirtual().name("chat-records").start(() -> note(table, key(record)));
        }
    }

    private void note(Table table, String key) {
        try {
            table.put(key, BY, node, WINDOW);
        } catch (GatewayException gone) {
            // Should it come again, it is told again.
        }
    }
}
