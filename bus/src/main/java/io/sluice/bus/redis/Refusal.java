package io.sluice.bus.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Why a server that answers does not write. Told by a word in its message, which older servers put behind others when
/// a script was refused.
enum Refusal {
    FULL("OOM", "its memory is full"),
    UNSAVED("MISCONF", "it cannot save"),
    ALONE("NOREPLICAS", "it has too few replicas"),
    REPLICA("READONLY", "it is a replica"),
    FORGOTTEN("NOSCRIPT", "it has forgotten our scripts");

    private final Pattern word;
    private final String why;

    Refusal(String word, String why) {
        this.word = Pattern.compile("\\b" + word + "\\b");
        this.why = why;
    }

    /// @return null when it is none of these
    static @Nullable Refusal of(@Nullable Throwable failure) {
        if (!(failure instanceof RedisCommandExecutionException)) {
            return null;
        }
        String message = String.valueOf(failure.getMessage());
        for (Refusal refusal : values()) {
            if (refusal.word.matcher(message).find()) {
                return refusal;
            }
        }
        return null;
    }

    /// A sentence without secrets.
    String why() {
        return why;
    }

    /// Whether a new connection helps: there the scripts are told again, or another server is found, or none.
    boolean endsWithConnection() {
        return switch (this) {
            case FULL, UNSAVED, ALONE -> false;
            case REPLICA, FORGOTTEN -> true;
        };
    }
}
