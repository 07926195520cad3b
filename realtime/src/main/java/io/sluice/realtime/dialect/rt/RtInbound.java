package io.sluice.realtime.dialect.rt;

import io.sluice.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What a client of rt can say.
sealed interface RtInbound {

    /// No JSON at all.
    enum Malformed implements RtInbound {
        INSTANCE
    }

    /// A signal that clients do not send.
    ///
    /// @param type as it was written; `unknown` when there was none
    record Unknown(String type) implements RtInbound {}

    /// An identify without payload.
    enum Faceless implements RtInbound {
        INSTANCE
    }

    /// A signal that would have to be kept and is too large for that.
    ///
    /// @param what of it is, in words
    record TooLarge(String what) implements RtInbound {}

    /// Who the client is.
    ///
    /// @param group null when it names none
    /// @param details `{role, metadata}` as presence shows them
    /// @param watch whether it wants to hear of the presence of all groups
    @SuppressWarnings("ArrayRecordComponent") // never changed or compared
    record Identify(@Nullable GroupName group, byte[] details, Watch watch) implements RtInbound {}

    /// Whether somebody hears of all groups.
    enum Watch {
        ALL_GROUPS,
        OWN_GROUP
    }

    /// A sign of life, no more.
    enum Heartbeat implements RtInbound {
        INSTANCE
    }

    /// An update for a group, or for everybody.
    ///
    /// @param frame the whole frame
    record DataUpdate(JsonObject frame) implements RtInbound {}
}
