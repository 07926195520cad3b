package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import io.sluice.realtime.history.Recovery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what is said in a channel while a connection joins it, until its history has arrived. Loop thread.
final class CatchUp {
    private static final int MOST = 10_000;

    private final List<Message> heard = new ArrayList<>();
    private @Nullable Position lostAt;

    void take(Outbound event) {
        if (!(event instanceof Message message) || message.position() == null) {
            return;
        }
        if (heard.size() == MOST) {
            lostAt = message.position();
        } else {
            heard.add(message);
        }
    }

    /// The history and what was heard after it, each message once; nothing when too much was heard.
    Joined merge(Joined.Entry entry, Recovery<Message> history) {
        Position latest = history.latest();
        if (lostAt != null) {
            return new Joined(entry, false, List.of(), lostAt);
        }
        List<Message> missed = new ArrayList<>(history.messages());
        for (Message message : heard) {
            if (isAfter(message.position(), latest)) {
                missed.add(message);
                latest = message.position();
            }
        }
        return new Joined(entry, history.recovered(), missed, latest);
    }

    private static boolean isAfter(@Nullable Position position, @Nullable Position latest) {
        return position != null
                && (latest == null
                        || !latest.epoch().equals(position.epoch())
                        || position.offset() > latest.offset());
    }
}
