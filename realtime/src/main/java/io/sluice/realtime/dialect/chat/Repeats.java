package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.Table;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.session.DedupeWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Knows for a while which messages were taken, by room, sender and the sender's own key: on this node in any case,
/// and on all nodes where they share a server. Blocks as [Errands] expects; does not fail.
final class Repeats {
    private static final int MOST = 100_000;

    /// For some 40,000 messages with keys of usual length.
    private static final long MOST_BYTES = 12 * 1024 * 1024;

    private static final String FIELD = "at";

    private final DedupeWindow<Long> own;
    private final @Nullable Table shared;
    private final Duration window;

    Repeats(Bus bus, Errands errands, Ticker ticker, Duration window) {
        this.own = new DedupeWindow<>(ticker, window, MOST, MOST_BYTES);
        this.shared = errands.atOnce() ? null : bus.table();
        this.window = window;
    }

    private static String key(String roomId, String sender, String dedupeKey) {
        return "dedupe:"
                + roomId.length()
                + ':'
                + roomId
                + ':'
                + sender.length()
                + ':'
                + sender
                + ':'
                + dedupeKey;
    }

    /// Notes a message.
    ///
    /// @return null when it is new, else when the first one was taken, in milliseconds since the epoch
    @Nullable Long first(String roomId, String sender, String dedupeKey, long nowMs) {
        String key = key(roomId, sender, dedupeKey);
        Long before = own.first(key, nowMs);
        if (before != null || shared == null) {
            return before;
        }
        try {
            String elsewhere = shared.putIfAbsent(key, FIELD, Long.toString(nowMs), window);
            return elsewhere == null ? null : Long.valueOf(elsewhere);
        } catch (GatewayException | NumberFormatException gone) {
            return null;
        }
    }

    /// The message was not taken after all.
    void forget(String roomId, String sender, String dedupeKey) {
        String key = key(roomId, sender, dedupeKey);
        own.forget(key);
        if (shared != null) {
            try {
                shared.remove(key);
            } catch (GatewayException gone) {
                // It ends by itself.
            }
        }
    }
}
