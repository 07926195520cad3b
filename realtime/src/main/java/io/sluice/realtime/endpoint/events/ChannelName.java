package io.sluice.realtime.endpoint.events;

import io.sluice.realtime.hub.ChannelNames;

/// Names of channels as clients of HTTP write them: full names, or `face:local` for what a face calls it.
public final class ChannelName {
    /// Longest name in characters.
    public static final int LONGEST = 255;

    private ChannelName() {}

    /// From 1 to [#LONGEST] characters, none of them a space or a control character.
    public static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 0x7F || Character.isISOControl(c) || Character.isSurrogate(c)) {
                return false;
            }
        }
        return !name.isEmpty() && name.length() <= LONGEST;
    }

    /// Full name of the channel. With `lobby: { rt: g1 }` in the settings, `rt:g1` is `lobby`.
    public static String full(ChannelNames names, String name) {
        int colon = name.indexOf(':');
        return colon <= 0
                ? name
                : names.channel(name.substring(0, colon), name.substring(colon + 1));
    }
}
