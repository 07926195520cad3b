package io.sluice.realtime.dialect.chat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reactions to messages: one per user and message; the same one again takes it back. Keeps those of the messages
/// reacted to last, bounded in number and bytes. Any thread, under a short lock.
final class OwnReactions {
    /// Users whose reactions to one message count.
    static final int MOST_USERS = 1_000;

    private static final int MOST_MESSAGES = 10_000;

    /// Bytes of all reactions together, about.
    static final long MOST_BYTES = 8 * 1024 * 1024;

    /// What an entry costs beside its characters, about.
    private static final int OVERHEAD = 160;

    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedMap<String, Reactions> messages = new LinkedHashMap<>();
    private long bytes;

    /// Of one message: user to emoji.
    private static final class Reactions {
        final Map<String, String> emojiByUser = new LinkedHashMap<>();
        long bytes;
    }

    /// @param present whether the reaction is there now
    /// @param summary emoji to count
    record Outcome(boolean present, Map<String, Integer> summary) {

        /// @param emojis of all users
        static Outcome of(boolean present, Collection<String> emojis) {
            Map<String, Integer> summary = new LinkedHashMap<>();
            emojis.forEach(emoji -> summary.merge(emoji, 1, Integer::sum));
            return new Outcome(present, summary);
        }
    }

    /// Whether the user's reaction is to be there.
    ///
    /// @param had whether it is there
    static boolean wanted(ChatInbound.React react, boolean had) {
        return switch (react.action()) {
            case ADD -> true;
            case REMOVE -> false;
            case null -> !had;
        };
    }

    /// @return null when nothing changed
    @Nullable Outcome react(ChatInbound.React react, String userId) {
        lock.lock();
        try {
            String key = react.roomId() + '\n' + react.messageId();
            Reactions reactions = messages.get(key);
            if (reactions == null) {
                reactions = new Reactions();
                account(reactions, cost(key, ""));
            }
            messages.putLast(key, reactions);
            Map<String, String> users = reactions.emojiByUser;
            boolean had = react.emoji().equals(users.get(userId));
            boolean wanted = wanted(react, had);
            if (wanted == had || (wanted && users.size() >= MOST_USERS)) {
                return null;
            }
            String before = wanted ? users.put(userId, react.emoji()) : users.remove(userId);
            account(
                    reactions,
                    (wanted ? cost(userId, react.emoji()) : 0)
                            - (before == null ? 0 : cost(userId, before)));
            return Outcome.of(wanted, users.values());
        } finally {
            trim();
            lock.unlock();
        }
    }

    private void account(Reactions reactions, long more) {
        reactions.bytes += more;
        bytes += more;
    }

    private static long cost(String one, String other) {
        return OVERHEAD + 2L * (one.length() + other.length());
    }

    private void trim() {
        while (messages.size() > MOST_MESSAGES || bytes > MOST_BYTES) {
            bytes -= messages.pollFirstEntry().getValue().bytes;
        }
    }

    /// Bytes of all reactions, about.
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
