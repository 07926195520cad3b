package io.sluice.realtime.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of channels: what each face calls a channel, and its one full name. By itself a face's channel has the name
/// `face:local`. The setting `realtime.channels` makes one channel of several: in
/// `lobby: { rt: g1, chat: room-1 }` the full name is `lobby`, rt knows it as `g1` and chat as `room-1`. One `*` may
/// stand in a full name and then in each of its local names, for the same characters. Immutable, any thread.
public final class ChannelNames {
    public static final ChannelNames STANDARD = new ChannelNames(Map.of());

    private record Mapping(String face, Wildcard full, Wildcard local) {}

    private final Map<String, Map<String, String>> fullByFace = new HashMap<>();
    private final Map<String, Map<String, String>> localByFace = new HashMap<>();
    private final List<Mapping> patterns = new ArrayList<>();

    /// @param channels full name to local name by face id
    public ChannelNames(Map<String, Map<String, String>> channels) {
        channels.forEach((full, locals) -> locals.forEach((face, local) -> add(full, face, local)));
    }

    private void add(String full, String face, String local) {
        if (full.indexOf('*') < 0) {
            fullByFace.computeIfAbsent(face, key -> new HashMap<>()).put(local, full);
            localByFace.computeIfAbsent(face, key -> new HashMap<>()).put(full, local);
        } else {
            patterns.add(new Mapping(face, Wildcard.of(full), Wildcard.of(local)));
        }
    }

    /// Full name of what a face calls `local`.
    public String channel(String face, String local) {
        Map<String, String> exact = fullByFace.get(face);
        String full = exact == null ? null : exact.get(local);
        if (full != null) {
            return full;
        }
        for (Mapping mapping : patterns) {
            String match = mapping.face().equals(face) ? mapping.local().match(local) : null;
            if (match != null) {
                return mapping.full().with(match);
            }
        }
        return face + ':' + local;
    }

    /// What a face calls a channel; null when the channel is unknown in that face.
    public @Nullable String local(String face, String channel) {
        if (channel.length() > face.length()
                && channel.charAt(face.length()) == ':'
                && channel.startsWith(face)) {
            return channel.substring(face.length() + 1);
        }
        Map<String, String> exact = localByFace.get(face);
        String local = exact == null ? null : exact.get(channel);
        if (local != null) {
            return local;
        }
        for (Mapping mapping : patterns) {
            String match = mapping.face().equals(face) ? mapping.full().match(channel) : null;
            if (match != null) {
                return mapping.local().with(match);
            }
        }
        return null;
    }

    /// Problems of the setting, one sentence each.
    public static List<String> check(Map<String, Map<String, String>> channels) {
        List<String> problems = new ArrayList<>();
        channels.forEach((full, locals) ->
                locals.forEach((face, local) -> {
                    long stars = stars(full);
                    if (stars > 1 || stars(local) != stars) {
                        problems.add(
                                "channel '"
                                        + full
                                        + "' is '"
                                        + local
                                        + "' in "
                                        + face
                                        + ", expected one * in both or none");
                    }
                }));
        return problems;
    }

    private static long stars(String name) {
        return name.chars().filter(c -> c == '*').count();
    }

    private record Wildcard(String before, String after) {
        static Wildcard of(String pattern) {
            int star = pattern.indexOf('*');
            return star < 0
                    ? new Wildcard(pattern, "")
                    : new Wildcard(pattern.substring(0, star), pattern.substring(star + 1));
        }

        @Nullable String match(String name) {
            int end = name.length() - after.length();
            return end >= before.length() && name.startsWith(before) && name.endsWith(after)
                    ? name.substring(before.length(), end)
                    : null;
        }

        String with(String match) {
            return before + match + after;
        }
    }
}
