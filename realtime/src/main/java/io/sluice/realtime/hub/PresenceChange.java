package io.sluice.realtime.hub;

import org.jspecify.annotations.Nullable;

/// How somebody, or a group as a whole, is.
///
/// @param face id of the dialect it happened in
/// @param who user id, or the name of the group in faces where presence is the group's
/// @param status the face's own word, such as `online` or `UP`
/// @param details JSON text, UTF-8; empty when there is none
/// @param timeMs milliseconds since the epoch
/// @param except the one connection that is not told, as it knows; null when all members are
/// @param keep VOLATILE for what ends by itself, such as typing
@SuppressWarnings("ArrayRecordComponent") // never changed or compared
public record PresenceChange(
        String channel,
        String face,
        String who,
        String status,
        byte[] details,
        long timeMs,
        @Nullable ConnectionId except,
        Message.Keep keep)
        implements Outbound {

    /// To all members.
    public PresenceChange(
            String channel, String face, String who, String status, byte[] details, long timeMs) {
        this(channel, face, who, status, details, timeMs, null);
    }

    /// To all members but one, however slowly they read.
    public PresenceChange(
            String channel,
            String face,
            String who,
            String status,
            byte[] details,
            long timeMs,
            @Nullable ConnectionId except) {
        this(channel, face, who, status, details, timeMs, except, Message.Keep.KEPT);
    }

    public PresenceChange with(Message.Keep newKeep) {
        return new PresenceChange(channel, face, who, status, details, timeMs, except, newKeep);
    }
}
