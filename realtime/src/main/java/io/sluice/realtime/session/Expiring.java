package io.sluice.realtime.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A socket whose credentials may end and be renewed. Loop thread.
public interface Expiring {

    /// From now on it is closed with 4001 at this moment, at most a second late; null for never.
    void expiresAt(@Nullable Instant end);
}
