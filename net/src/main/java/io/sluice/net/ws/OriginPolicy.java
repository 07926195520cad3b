package io.sluice.net.ws;

import io.sluice.net.http.RequestHead;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pages may connect, by their Origin (RFC 6454). Browsers send cookies along with a WebSocket whatever page opens
/// it, so this is what keeps foreign pages from speaking in a user's name. Immutable.
public final class OriginPolicy {
    private static final String ALL = "*";
    private static final String SELF = "self";

    private final boolean all;
    private final boolean self;
    private final boolean absent;
    private final Set<String> exact = new HashSet<>();

    private OriginPolicy(List<String> allowed, boolean absent) {
        this.all = allowed.contains(ALL);
        this.self = allowed.contains(SELF);
        this.absent = absent;
        for (String origin : allowed) {
            if (!origin.equals(ALL) && !origin.equals(SELF)) {
                exact.add(normal(origin));
            }
        }
    }

    public static OriginPolicy of(WsConfig.OriginConfig config) {
        return new OriginPolicy(config.allowed(), config.allowAbsent());
    }

    /// Whether this may stand in the list.
    static boolean wellFormed(String origin) {
        if (origin.equals(ALL) || origin.equals(SELF)) {
            return true;
        }
        try {
            URI uri = URI.create(origin);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    /// @param origin value of the field, or null when there is none
    /// @param request what it is compared with for pages of our own
    public boolean allows(@Nullable String origin, RequestHead request) {
        if (origin == null) {
            return absent;
        }
        if (all) {
            return true;
        }
        String normal = normal(origin);
        return exact.contains(normal) || self && ours(normal, request);
    }

    /// A page of the same host and port. In front of a listener in the clear something else may speak TLS, so there both
    /// schemes pass.
    private static boolean ours(String origin, RequestHead request) {
        String authority = request.authority().toLowerCase(Locale.ROOT);
        if (origin.equals(normal("https://" + authority))) {
            return true;
        }
        return request.scheme().equals("http") && origin.equals(normal("http://" + authority));
    }

    /// Lower case and without the port that the scheme implies.
    private static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        if (lower.startsWith("https://") && lower.endsWith(":443")) {
            return lower.substring(0, lower.length() - 4);
        }
        if (lower.startsWith("http://") && lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        return lower;
    }
}
