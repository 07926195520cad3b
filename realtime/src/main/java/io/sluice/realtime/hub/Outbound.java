package io.sluice.realtime.hub;

import org.jspecify.annotations.Nullable;

/// What the members of a channel may be told. Values; nobody changes them or the arrays in them.
public sealed interface Outbound permits Message, MemberChange, PresenceChange, Gap {

    /// Full name of the channel, as [ChannelNames#channel] makes it.
    String channel();

    /// Whether it waits for members that are behind, or passes them by.
    default Message.Keep keep() {
        return Message.Keep.KEPT;
    }

    /// The one connection that is not told; null when all members are.
    default @Nullable ConnectionId except() {
        return null;
    }
}
