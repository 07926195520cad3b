package io.sluice.realtime.endpoint.events;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.identity.Principal;
import io.sluice.realtime.dialect.Doorkeeper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may listen to which channel: everybody to the public ones, a user also to those of users, and whoever has the
/// scope [EventsEndpoint#SCOPE] to all. Channels of a face's own, such as `rt:#watchers`, are never meant by a `*`. Immutable.
final class ChannelAccess {
    private static final Failure ANONYMOUS =
            Failure.of(FailureKind.UNAUTHORIZED, "This channel needs a credential.");
    private static final Failure NOT_FOR_USERS =
            Failure.of(FailureKind.FORBIDDEN, "This credential does not open this channel.");

    private record Pattern(String name, boolean beginning) {
        static Pattern of(String text) {
            return text.endsWith("*")
                    ? new Pattern(text.substring(0, text.length() - 1), true)
                    : new Pattern(text, false);
        }

        boolean fits(String channel, String user) {
            String own = name.replace("{user}", user);
            return beginning
                    ? channel.startsWith(own) && channel.indexOf('#', own.length()) < 0
                    : channel.equals(own);
        }
    }

    private final List<Pattern> everybody;
    private final List<Pattern> users;
    private final Doorkeeper doorkeeper;

    ChannelAccess(List<String> publicChannels, List<String> userChannels, Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
        this.everybody = publicChannels.stream().map(Pattern::of).toList();
        this.users = userChannels.stream().map(Pattern::of).toList();
    }

    /// Whether the face of one of the channels is to be asked as well.
    boolean asksFor(List<String> channels, @Nullable Principal principal) {
        return !isServer(principal) && channels.stream().anyMatch(doorkeeper::minds);
    }

    /// Asks the faces. Blocks, and fails like the bus.
    boolean admits(List<String> channels, @Nullable Principal principal) {
        String user = principal == null ? null : principal.subject();
        return channels.stream()
                .filter(doorkeeper::minds)
                .allMatch(channel -> doorkeeper.admits(channel, user));
    }

    /// What is answered to whom the faces do not admit.
    static Failure notAdmitted(@Nullable Principal principal) {
        return principal == null ? ANONYMOUS : NOT_FOR_USERS;
    }

    static boolean isServer(@Nullable Principal principal) {
        return principal != null && principal.scopes().contains(EventsEndpoint.SCOPE);
    }

    /// @return why not; null when he may
    @Nullable Failure refusal(String channel, @Nullable Principal principal) {
        if (isServer(principal) || fits(everybody, channel, "{user}")) {
            return null;
        }
        if (principal == null) {
            return ANONYMOUS;
        }
        return fits(users, channel, principal.subject()) ? null : NOT_FOR_USERS;
    }

    private static boolean fits(List<Pattern> patterns, String channel, String user) {
        for (Pattern pattern : patterns) {
            if (pattern.fits(channel, user)) {
                return true;
            }
        }
        return false;
    }
}
