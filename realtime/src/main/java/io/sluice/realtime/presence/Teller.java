package io.sluice.realtime.presence;

import io.sluice.core.time.Ticker;
import io.sluice.realtime.presence.PresenceEvent.Cause;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Tells the listener, with time and sequence. Any thread.
final class Teller {
    private final AtomicLong sequence = new AtomicLong();
    private final PresenceListener listener;
    private final Ticker ticker;

    Teller(PresenceListener listener, Ticker ticker) {
        this.listener = listener;
        this.ticker = ticker;
    }

    void tell(Seat seat, PresenceStatus status, Cause cause) {
        tell(seat.room, seat.user.name(), status, cause, null);
    }

    /// @param via see [PresenceEvent]
    void tell(String room, String user, PresenceStatus status, Cause cause, @Nullable String via) {
        long now = ticker.epochMillis();
        long number = sequence.incrementAndGet();
        listener.changed(new PresenceEvent(room, user, status, cause, via, now, number));
    }

    void tellLeft(String room, String user) {
        listener.left(room, user, ticker.epochMillis());
    }

    void tellGone(String user) {
        listener.gone(user, ticker.epochMillis(), sequence.incrementAndGet());
    }
}
