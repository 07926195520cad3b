package io.sluice.realtime.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody came or went, or the channel itself did.
///
/// @param face id of the dialect it happened in
/// @param userId who; the one who created the channel for CREATED; empty when nobody in particular
/// @param members all user ids afterwards; null when unknown, or too many to list
/// @param size how many there are, where they are too many to list; otherwise 0
/// @param timeMs milliseconds since the epoch
/// @param except the one connection that is not told, as it knows; null when all members are
public record MemberChange(
        String channel,
        String face,
        Action action,
        String userId,
        @Nullable List<String> members,
        int size,
        long timeMs,
        @Nullable ConnectionId except)
        implements Outbound {

    /// To all members.
    public MemberChange(
            String channel,
            String face,
            Action action,
            String userId,
            @Nullable List<String> members,
            long timeMs) {
        this(channel, face, action, userId, members, 0, timeMs, null);
    }

    public enum Action {
        JOINED,
        LEFT,
        CREATED,
        DELETED
    }

    public MemberChange {
        members = members == null ? null : List.copyOf(members);
    }
}
