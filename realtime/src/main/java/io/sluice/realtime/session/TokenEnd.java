package io.sluice.realtime.session;

import io.sluice.core.time.Ticker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// When the credentials of a client end, in monotonic nanoseconds that fit into a field of whoever watches over them:
/// many clients have no such end, and an object for each would cost more than it says.
public final class TokenEnd {
    /// They do not end.
    public static final long NEVER = Long.MIN_VALUE;

    /// What a client is told then.
    public static final String REASON = "token expired";

    /// Seconds.
    private static final long FARTHEST = Integer.MAX_VALUE;

    private TokenEnd() {}

    /// @param end null for never; one that has passed is now, one that is very far away comes after 68 years
    public static long of(@Nullable Instant end, Ticker ticker) {
        if (end == null) {
            return NEVER;
        }
        long millis = end.toEpochMilli() - ticker.epochMillis();
        return ticker.nanos() + Math.clamp(millis, 0, FARTHEST * 1000) * 1_000_000;
    }

    public static boolean isOver(long end, long nanos) {
        return end != NEVER && end - nanos <= 0;
    }
}
