package io.sluice.realtime.dialect.chat;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Range;
import io.sluice.realtime.presence.PresenceConfig;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `gateway.realtime.chat`: the face chat.
public record ChatConfig(
        @Doc("Whether clients of this dialect are served.") @Default("false") boolean enabled,
        @Doc(
                        "Paths of the WebSocket, exact, or beginnings that end in /*; the query may hold a token.")
                @Default("[/chat]")
                List<String> paths,
        @Doc(
                        "Shared secret of the tokens (HS256, HS384, HS512); made up at each start when not set.")
                @Nullable String secret,
        @Doc("How clients write; auto goes by the first frame of each.") @Default("auto")
                Writing profile,
        @Doc("Whether only members of a room may join it and send to it.") @Default("false")
                boolean strict,
        @Doc("Who answers what clients send; auto is services when bus.kafka is set, else gateway.")
                @Default("auto")
                Circle circle,
        @Inline Details details,
        @Doc("Who is there, and how.") PresenceConfig presence)
        implements Checked {

    public ChatConfig {
        paths = List.copyOf(paths);
    }

    /// How clients write.
    public enum Writing {
        AUTO,
        README,
        FLAT;

        @Nullable ChatProfile profile() {
            return switch (this) {
                case AUTO -> null;
                case README -> ChatProfile.README;
                case FLAT -> ChatProfile.FLAT;
            };
        }
    }

    /// Who makes messages of what clients send, and keeps rooms in order.
    public enum Circle {
        AUTO,
        /// This gateway: what is sent comes back as created.
        GATEWAY,
        /// Chat services behind the topics of the log.
        SERVICES
    }

    /// Who is told of a new room.
    public enum Audience {
        /// Its creator and its members.
        MEMBERS,
        EVERYBODY
    }

    /// Keys that are seldom changed.
    public record Details(
            @Doc("Who is told of a new room.") @Default("members") Audience announceRooms,
            @Doc("How long a message sent again under its dedupeKey is known.") @Default("300s")
                    Duration dedupeWindow,
            @Doc("How long the rooms of a user are remembered after its last sign of life.")
                    @Default("300s")
                    Duration userRoomsTtl,
            @Doc(
                            "Members listed to whoever joins; members of larger rooms are told changes with a count alone.")
                    @Default("200")
                    @Range(min = 1, max = 100_000)
                    int rosterLimit,
            @Doc(
                            "How long a room a user comes back to waits for its client to join it; meanwhile messages wait too.")
                    @Default("1s")
                    Duration returnWait) {}

    public static final ChatConfig DEFAULT =
            new ChatConfig(
                    true,
                    List.of("/chat"),
                    null,
                    Writing.AUTO,
                    false,
                    Circle.AUTO,
                    new Details(
                            Audience.MEMBERS,
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(5),
                            200,
                            Duration.ofSeconds(1)),
                    PresenceConfig.DEFAULT);

    @Override
    public void check(BiConsumer<String, String> problem) {
        for (String path : paths) {
            if (!path.startsWith("/")) {
                problem.accept("paths", "'" + path + "', expected a path such as /chat");
            }
        }
        if (enabled && paths.isEmpty()) {
            problem.accept("paths", "is empty, expected a path such as /chat");
        }
        if (details.userRoomsTtl().isZero() || details.dedupeWindow().isZero()) {
            problem.accept("userRoomsTtl", "and dedupeWindow, expected more than nothing");
        }
    }

    /// Never shows the secret.
    @Override
    public String toString() {
        return "ChatConfig[enabled=" + enabled + ", paths=" + paths + ", strict=" + strict + ']';
    }
}
