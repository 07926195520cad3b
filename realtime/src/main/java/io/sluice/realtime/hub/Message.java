package io.sluice.realtime.hub;

import io.sluice.bus.Position;
import org.jspecify.annotations.Nullable;

/// What somebody said in a channel.
///
/// @param face id of the dialect it came through
/// @param kind the face's own word for what it is, such as `message` or `data_update`
/// @param sender user id; null when nobody said who
/// @param body native JSON text of that face, UTF-8
@SuppressWarnings(
        "ArrayRecordComponent") // never changed or compared, and copying each message would cost
public record Message(
        String channel,
        String face,
        String kind,
        @Nullable String sender,
        byte[] body,
        Stamp stamp,
        Reach reach)
        implements Outbound {

    /// When it was said, and its place.
    ///
    /// @param id unique in the cluster
    /// @param timeMs milliseconds since the epoch
    /// @param position place in the history of the channel; null before it has one, and in channels without history
    public record Stamp(String id, long timeMs, @Nullable Position position) {}

    /// Who gets it.
    ///
    /// @param except the one connection that does not; null when all do
    public record Reach(Keep keep, @Nullable ConnectionId except) {
        public static final Reach ALL = new Reach(Keep.KEPT, null);
        public static final Reach VOLATILE = new Reach(Keep.VOLATILE, null);
    }

    public enum Keep {
        /// Goes into the history where there is one, and waits for slow readers as long as their outbox has room.
        KEPT,
        /// Passes by members that are behind, and into no history.
        VOLATILE
    }

    /// To all members, without place.
    public static Message of(
            String channel,
            String face,
            String kind,
            @Nullable String sender,
            byte[] body,
            String id,
            long timeMs) {
        Stamp stamp = new Stamp(id, timeMs, null);
        return new Message(channel, face, kind, sender, body, stamp, Reach.ALL);
    }

    public Message at(Position position) {
        Stamp placed = new Stamp(stamp.id, stamp.timeMs, position);
        return new Message(channel, face, kind, sender, body, placed, reach);
    }

    public Message to(Reach newReach) {
        return new Message(channel, face, kind, sender, body, stamp, newReach);
    }

    public String id() {
        return stamp.id;
    }

    public long timeMs() {
        return stamp.timeMs;
    }

    public @Nullable Position position() {
        return stamp.position;
    }

    @Override
    public Keep keep() {
        return reach.keep;
    }

    @Override
    public @Nullable ConnectionId except() {
        return reach.except;
    }
}
