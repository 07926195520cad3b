package io.sluice.realtime.endpoint;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.net.ws.WsConfig;
import io.sluice.realtime.dialect.chat.ChatConfig;
import io.sluice.realtime.dialect.rt.RtConfig;
import io.sluice.realtime.endpoint.api.ApiConfig;
import io.sluice.realtime.history.Histories;
import io.sluice.realtime.history.HistoryConfig;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.HubSettings;
import io.sluice.realtime.session.RealtimeLimits;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `gateway.realtime`: WebSockets, channels and the dialects spoken on them.
public record RealtimeConfig(
        @Inline Faces faces,
        @Doc("The share of one client, one user and one address.") RealtimeLimits limits,
        @Doc("What waits for a client that reads slowly.") OutboxConfig outbox,
        @Doc("WebSockets of all faces.") WsConfig websocket,
        @Doc(
                        "One channel for several faces: full name to face to the name there, such as lobby: { rt: g1 }; * may stand once in each.")
                Map<String, Map<String, String>> channels,
        @Inline KeptConfig kept,
        @Doc("Channels over HTTP: event streams and the server API.") ApiConfig api,
        @Doc("Status for a WebSocket handshake at a path where nothing is served: 404 or 400.")
                @Default("404")
                int strayHandshakes)
        implements Checked {

    public RealtimeConfig {
        channels = Map.copyOf(channels);
    }

    /// What is kept for clients that come back.
    public record KeptConfig(
            @Doc(
                            "What channels keep, by full name or a beginning of names and *; chat rooms keep by default.")
                    Map<String, HistoryConfig> history,
            @Doc(
                            "Bytes of all histories of this process together; over it the one used longest ago ends. 0 for a 32nd of the heap. With Redis they are kept there.")
                    @Default("0")
                    @Bytes
                    long historyBytes) {
        private static final int SHARE_OF_HEAP = 32;

        public KeptConfig {
            history = Map.copyOf(history);
        }

        long mostBytes() {
            return historyBytes > 0
                    ? historyBytes
                    : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        }
    }

    /// One section for each dialect.
    public record Faces(
            @Doc("Groups with shared updates and presence.") RtConfig rt,
            @Doc("Rooms with messages, reactions and presence.") ChatConfig chat,
            @Doc("Dialects that other jars on the class path bring, by id.")
                    Map<String, OtherDialect> dialects) {

        public Faces {
            dialects = Map.copyOf(dialects);
        }
    }

    /// `realtime.dialects.{id}`: a dialect of another jar.
    public record OtherDialect(
            @Doc("Path of the WebSocket, exact.") String path,
            @Doc("Whether clients need a credential; as auth.required says when left out.")
                    @Nullable Boolean authRequired,
            @Doc("What the dialect itself wants to know.") Map<String, String> settings) {

        public OtherDialect {
            settings = Map.copyOf(settings);
        }
    }

    /// `realtime.outbox`.
    public record OutboxConfig(
            @Doc(
                            "Bytes that may wait for one client; over it close code 4002. Fewer when memory gets short.")
                    @Default("1MiB")
                    @Bytes
                    int queueBytes,
            @Doc("Bytes waiting from which on volatile messages pass a client by.")
                    @Default("128KiB")
                    @Bytes
                    int behindBytes)
            implements Checked {

        /// What may be told at once to a client for which nothing else waits: with frames around it, and an answer before
        /// it, it must not be too much. Whoever asks for more would be closed, come back, and ask again.
        long fittingBytes() {
            return queueBytes * 3L / 4;
        }

        @Override
        public void check(BiConsumer<String, String> problem) {
            if (queueBytes < 1) {
                problem.accept("queueBytes", queueBytes + ", expected at least one byte");
            }
        }
    }

    /// The hub's part of it.
    public HubSettings hub() {
        return new HubSettings(
                outbox.queueBytes,
                outbox.behindBytes,
                Histories.of(kept.history, outbox.fittingBytes()),
                kept.mostBytes());
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        ChannelNames.check(channels).forEach(found -> problem.accept("channels", found));
        if (strayHandshakes != 404 && strayHandshakes != 400) {
            problem.accept("strayHandshakes", strayHandshakes + ", expected 404 or 400");
        }
    }
}
