package io.sluice.net.http;

import org.jspecify.annotations.Nullable;

/// The head of one request.
///
/// @param method never CONNECT: a plain one is refused before a head is made, and one that asks for a WebSocket over
///     HTTP/2 (RFC 8441) is a GET with `Upgrade: websocket`
/// @param scheme `http` or `https`, as the client reached the listener
/// @param authority host and optional port from `Host`, `:authority` or an absolute-form target; never with userinfo.
///     `Host` is not repeated in `headers`
/// @param path canonical path ([CanonicalPath]), used for matching and for passing on; starts with `/`, or is `*`
/// @param query what follows the first `?`, byte for byte; null when there is no `?`
/// @param headers the fields; changed in place by filters
public record RequestHead(
        Method method,
        String scheme,
        String authority,
        String path,
        @Nullable String query,
        Protocol protocol,
        Headers headers) {

    /// Path and query as they go into a request line.
    public String target() {
        return query == null ? path : path + '?' + query;
    }

    /// Authority without its port, in lower case; IPv6 keeps its brackets.
    public String host() {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        return (hasPort ? authority.substring(0, colon) : authority)
                .toLowerCase(java.util.Locale.ROOT);
    }

    public RequestHead withTarget(String newPath, @Nullable String newQuery) {
        return new RequestHead(method, scheme, authority, newPath, newQuery, protocol, headers);
    }

    public RequestHead withAuthority(String newScheme, String newAuthority) {
        return new RequestHead(method, newScheme, newAuthority, path, query, protocol, headers);
    }
}
