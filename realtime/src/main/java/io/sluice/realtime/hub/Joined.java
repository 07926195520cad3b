package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of a join. Whoever asked writes its answer and then `missed` before it returns to the loop: what comes
/// after them in the channel follows behind.
///
/// @param entry whether the connection was a member before
/// @param recovered whether `missed` is all that came after the place the client named; false also when it named none
/// @param missed in order
/// @param latest place of the newest message, of `missed` or before; null in channels without history
public record Joined(
        Entry entry, boolean recovered, List<Message> missed, @Nullable Position latest) {

    public enum Entry {
        NEW,
        REPEATED
    }

    static final Joined NEW = new Joined(Entry.NEW, false, List.of(), null);
    static final Joined REPEATED = new Joined(Entry.REPEATED, false, List.of(), null);

    public Joined {
        missed = List.copyOf(missed);
    }
}
