package io.sluice.realtime.endpoint.events;

import io.sluice.core.json.JavaScriptText;
import io.sluice.realtime.hub.ChannelNames;

/// Names of channels as clients of HTTP write them: full names, or `face:local` for what a face calls it.
public final class ChannelName {
    /// Longest name in characters: that of the longest room or group, behind the id of its face.
    public static final int LONGEST = 300;

    private ChannelName() {}

    /// From 1 to [#LONGEST] characters, not only spaces, and none of them a control character or half of one: whatever
    /// else clients call a room or a group, its channel can be named.
    public static boolean isValid(String name) {
        return !name.isBlank()
                && name.length() <= LONGEST
                && JavaScriptText.isWellFormed(name)
                && name.chars().noneMatch(Character::isISOControl);
    }

    /// Full name of the channel. With `lobby: { rt: g1 }` in the settings, `rt:g1` is `lobby`.
    public static String full(ChannelNames names, String name) {
        int colon = name.indexOf(':');
        return colon <= 0
                ? name
                : names.channel(name.substring(0, colon), name.substring(colon + 1));
    }
}
