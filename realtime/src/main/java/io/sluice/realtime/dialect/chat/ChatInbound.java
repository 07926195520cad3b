package io.sluice.realtime.dialect.chat;

import io.sluice.bus.Position;
import io.sluice.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/// What a client may say. Room ids are trimmed and not blank.
public sealed interface ChatInbound {

    /// @param ar whether chunks of AR streams are wanted too
    /// @param since place of the last message the client has; null when it asks for nothing it missed
    record Join(String roomId, boolean ar, @Nullable Position since) implements ChatInbound {}

    record Leave(String roomId) implements ChatInbound {}

    /// @param dedupeKey the client's own name for this message, `tempId` in the flat profile
    record Send(
            String roomId,
            String content,
            @Nullable JsonArray attachments,
            @Nullable String dedupeKey,
            @Nullable String replyToMessageId)
            implements ChatInbound {}

    record React(String roomId, String messageId, String emoji, @Nullable Action action)
            implements ChatInbound {

        /// Without one, the chat services toggle.
        public enum Action {
            ADD("add"),
            REMOVE("remove");

            private final String word;

            Action(String word) {
                this.word = word;
            }

            String word() {
                return word;
            }
        }
    }

    record Reply(
            String roomId,
            String content,
            String replyToMessageId,
            @Nullable JsonArray attachments,
            @Nullable String dedupeKey)
            implements ChatInbound {}

    /// @param status one of `online`, `typing`, `idle`, `offline`
    record Presence(String roomId, String status) implements ChatInbound {}

    record Ping() implements ChatInbound {}

    /// A new token for the user of this connection.
    record Refresh(String token) implements ChatInbound {
        /// Never shows the token.
        @Override
        public String toString() {
            return "Refresh[]";
        }
    }

    /// Nothing that can be acted on.
    ///
    /// @param message for the error frame
    record Wrong(ChatError error, String message) implements ChatInbound {
        Wrong(ChatError error) {
            this(error, error.message());
        }
    }
}
