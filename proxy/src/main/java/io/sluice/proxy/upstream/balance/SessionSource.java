package io.sluice.proxy.upstream.balance;

import io.sluice.net.http.Cookies;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.RequestHead;
import org.jspecify.annotations.Nullable;

/// Where a request carries the id of its session.
@FunctionalInterface
interface SessionSource {

    /// The id as the client wrote it, never empty; null when there is none.
    @Nullable String id(RequestHead request);

    static SessionSource of(AffinityConfig config) {
        return switch (config.source()) {
            case COOKIE -> request -> Cookies.find(request.headers(), config.cookieName());
            case HEADER -> header(HeaderName.of(config.headerName()));
            case QUERY -> request -> filled(parameter(request.query(), config.queryParam()));
        };
    }

    private static SessionSource header(HeaderName name) {
        return request -> filled(request.headers().get(name));
    }

    private static @Nullable String filled(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }

    /// The first value of this name in a query string, not decoded, or null.
    static @Nullable String parameter(@Nullable String query, String name) {
        int start = 0;
        while (query != null && start < query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            int equals = start + name.length();
            if (equals < end && query.charAt(equals) == '=' && query.startsWith(name, start)) {
                return query.substring(equals + 1, end);
            }
            start = end + 1;
        }
        return null;
    }
}
