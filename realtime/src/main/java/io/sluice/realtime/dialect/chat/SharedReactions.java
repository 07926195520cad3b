package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Table;
import io.sluice.core.fail.GatewayException;
import io.sluice.realtime.presence.Lanes;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reactions that all nodes count together: one table of user to emoji for each message, which lives an hour from its
/// last reaction on. While the shared server is gone each node counts for itself. Any thread; nothing here blocks.
final class SharedReactions {
    private static final Duration LIFE = Duration.ofHours(1);

    private final Table table;
    private final OwnReactions own;
    private final Lanes lanes = new Lanes();

    SharedReactions(Table table, OwnReactions own) {
        this.table = table;
        this.own = own;
    }

    /// Takes a reaction, behind those to the same message that came before it.
    ///
    /// @param then hears what changed, on a virtual thread; nothing when nothing did
    void react(ChatInbound.React react, String userId, Consumer<OwnReactions.Outcome> then) {
        String key = key(react);
        lanes.run(
                key,
                () -> {
                    OwnReactions.Outcome outcome = outcome(key, react, userId);
                    if (outcome != null) {
                        then.accept(outcome);
                    }
                });
    }

    private static String key(ChatInbound.React react) {
        String roomId = react.roomId();
        return "reactions:" + roomId.length() + ':' + roomId + ':' + react.messageId();
    }

    private OwnReactions.@Nullable Outcome outcome(
            String key, ChatInbound.React react, String userId) {
        try {
            return change(key, react, userId);
        } catch (GatewayException gone) {
            return own.react(react, userId);
        }
    }

    /// Counts behind its own change: of two nodes that change something at once, one at least counts both.
    private OwnReactions.@Nullable Outcome change(
            String key, ChatInbound.React react, String userId) {
        String before = table.get(key, userId);
        boolean had = react.emoji().equals(before);
        boolean wanted = OwnReactions.wanted(react, had);
        if (wanted == had) {
            return null;
        }
        if (wanted) {
            table.put(key, userId, react.emoji(), LIFE);
        } else {
            table.remove(key, userId);
        }
        Map<String, String> users = new TreeMap<>(table.get(key));
        if (before == null && users.size() > OwnReactions.MOST_USERS) {
            table.remove(key, userId);
            return null;
        }
        return OwnReactions.Outcome.of(wanted, users.values());
    }
}
