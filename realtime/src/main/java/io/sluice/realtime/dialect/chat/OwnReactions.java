package io.sluice.realtime.dialect.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Reactions to messages: one per user and message; the same one again takes it back. Keeps those of the messages
/// reacted to last. Any thread, under a short lock.
final class OwnReactions {
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_USERS = 1_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Map<String, String>> emojiByUser =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Map<String, String>> eldest) {
                    return size() > MOST_MESSAGES;
                }
            };

    /// @param present whether the reaction is there now
    /// @param summary emoji to count
    record Outcome(boolean present, Map<String, Integer> summary) {}

    /// @return null when nothing changed
    @Nullable Outcome react(ChatInbound.React react, String userId) {
        lock.lock();
        try {
            Map<String, String> users =
                    emojiByUser.computeIfAbsent(
                            react.roomId() + '\n' + react.messageId(), _ -> new LinkedHashMap<>());
            boolean had = react.emoji().equals(users.get(userId));
            boolean wanted =
                    switch (react.action()) {
                        case ADD -> true;
                        case REMOVE -> false;
                        case null -> !had;
                    };
            if (wanted == had || (wanted && users.size() >= MOST_USERS)) {
                return null;
            }
            if (wanted) {
                users.put(userId, react.emoji());
            } else {
                users.remove(userId);
            }
            Map<String, Integer> summary = new LinkedHashMap<>();
            users.values().forEach(emoji -> summary.merge(emoji, 1, Integer::sum));
            return new Outcome(wanted, summary);
        } finally {
            lock.unlock();
        }
    }
}
