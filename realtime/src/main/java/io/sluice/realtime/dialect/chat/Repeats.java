package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Bus;
import io.sluice.bus.Table;
import io.sluice.bus.Unavailable;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JavaScriptText;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.session.DedupeWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Knows for a while which messages were taken, or are on their way, by room, sender and the sender's own key: on this
/// node in any case, and on all nodes where they share a server. Bounded. Blocks as [Errands] expects; does not fail.
final class Repeats {
    private static final int MOST = 100_000;

    /// For some 40,000 messages with keys of usual length.
    private static final long MOST_BYTES = 12 * 1024 * 1024;

    /// Fields of a key that is shared: when the message came, and whether it was taken.
    private static final String AT = "at";

    private static final String TAKEN = "taken";

    /// How long a node that does not say what became of a message is waited for: longer than an append may take.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(150);

    private final DedupeWindow<CompletableFuture<Long>> own;
    private final @Nullable Table shared;
    private final Duration window;

    Repeats(Bus bus, Errands errands, Ticker ticker, Duration window) {
        this.own = new DedupeWindow<>(ticker, window, MOST, MOST_BYTES, _ -> 0);
        this.shared = errands.atOnce() ? null : bus.table();
        this.window = window;
    }

    /// One message under its key.
    record Key(String roomId, String sender, String dedupeKey) {
        /// The name it is shared by. Halves of characters are written out: sent as they are, all of them would be one.
        @Override
        public String toString() {
            String name = name();
            return JavaScriptText.isWellFormed(name)
                    ? name
                    : new String(
                            JsonWriter.bytes(new JsonString(name), JsonWriter.Style.JAVASCRIPT),
                            StandardCharsets.UTF_8);
        }

        private String name() {
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
    }

    /// What is known of a message.
    sealed interface Known {}

    /// Nothing: whoever asked says [#taken] or [#failed] later.
    record New(CompletableFuture<Long> outcome) implements Known {}

    /// It was sent before.
    ///
    /// @param outcome when the first one came, in milliseconds since the epoch, once it is taken; fails when it is not
    record Before(CompletableFuture<Long> outcome) implements Known {}

    /// It is on its way on another node, and nobody here can say whether it will be taken.
    record Elsewhere() implements Known {}

    Known ask(Key key, long nowMs) {
        CompletableFuture<Long> outcome = new CompletableFuture<>();
        CompletableFuture<Long> before = own.first(key.toString(), outcome);
        if (before != null) {
            return new Before(before);
        }
        Table table = shared;
        if (table == null) {
            return new New(outcome);
        }
        try {
            String elsewhere =
                    table.putIfAbsent(key.toString(), AT, Long.toString(nowMs), onItsWay());
            if (elsewhere == null) {
                return new New(outcome);
            }
            if (table.get(key.toString(), TAKEN) != null) {
                outcome.complete(Long.valueOf(elsewhere));
                return new Before(outcome);
            }
            drop(key, outcome);
            return new Elsewhere();
        } catch (GatewayException | NumberFormatException gone) {
            return new New(outcome);
        }
    }

    private Duration onItsWay() {
        return window.compareTo(ON_ITS_WAY) < 0 ? window : ON_ITS_WAY;
    }

    /// The log has the message.
    void taken(Key key, CompletableFuture<Long> outcome, long nowMs) {
        outcome.complete(nowMs);
        if (shared != null) {
            try {
                shared.put(key.toString(), TAKEN, "1", window);
            } catch (GatewayException gone) {
                // Other nodes know of it for as long as it might have been on its way.
            }
        }
    }

    /// The message was not taken after all; it may be sent again.
    void failed(Key key, CompletableFuture<Long> outcome) {
        if (shared != null) {
            try {
                shared.remove(key.toString());
            } catch (GatewayException gone) {
                // It ends by itself.
            }
        }
        drop(key, outcome);
    }

    private void drop(Key key, CompletableFuture<Long> outcome) {
        own.forget(key.toString());
        outcome.completeExceptionally(Unavailable.because("log"));
    }
}
