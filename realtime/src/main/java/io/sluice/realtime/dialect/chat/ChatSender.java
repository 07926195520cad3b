package io.sluice.realtime.dialect.chat;

import io.sluice.core.identity.Principal;
import org.jspecify.annotations.Nullable;

/// Who says something.
///
/// @param name part of the e-mail address before the `@`; null when there is none
public record ChatSender(String id, @Nullable String name) {
    /// Sockets are people; agents speak through the chat services.
    static final String TYPE = "human";

    /// Name of the claim with the e-mail address.
    public static final String EMAIL = "email";

    public static ChatSender of(Principal principal) {
        return new ChatSender(principal.subject(), nameOf(principal.claims().get(EMAIL)));
    }

    private static @Nullable String nameOf(@Nullable String email) {
        if (email == null) {
            return null;
        }
        int at = email.indexOf('@');
        String name = at < 0 ? email : email.substring(0, at);
        return name.isEmpty() ? null : name;
    }
}
