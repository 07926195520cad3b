package io.sluice.edge.filter.trace;

import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import org.jspecify.annotations.Nullable;

/// What a trusted proxy says about its client, taken further by one hop.
final class ForwardedFor {
    static final AsciiString PREFIX = AsciiString.cached("x-forwarded-");

    private static final HeaderName[] KEPT = {
        HeaderName.X_FORWARDED_PROTO, HeaderName.X_FORWARDED_HOST, HeaderName.X_FORWARDED_PORT
    };

    private ForwardedFor() {}

    /// Appends the peer to `X-Forwarded-For`, fills in what the proxy left out from `own` and gives the client's address.
    static String extend(Headers headers, String peer, TrustedProxies trusted, Headers own) {
        String chain = String.join(", ", headers.all(HeaderName.X_FORWARDED_FOR));
        String client = client(chain, peer, trusted);
        headers.set(HeaderName.X_FORWARDED_FOR, chain.isEmpty() ? peer : chain + ", " + peer);
        headers.set(HeaderName.X_REAL_IP, client);
        for (HeaderName name : KEPT) {
            String value = own.get(name);
            if (!headers.contains(name) && value != null) {
                headers.add(name, value);
            }
        }
        return client;
    }

    /// From right to left, each address was written by the host right of it: goes on while that host is trusted.
    private static String client(String chain, String peer, TrustedProxies trusted) {
        String client = peer;
        int end = chain.length();
        while (end > 0) {
            int comma = chain.lastIndexOf(',', end - 1);
            String address = bare(chain.substring(comma + 1, end).strip());
            if (address == null) {
                return client;
            }
            client = address;
            if (!trusted.trusts(address)) {
                return client;
            }
            end = comma;
        }
        return client;
    }

    /// The address of an item without brackets and port, or null when it is none.
    private static @Nullable String bare(String item) {
        String address = item;
        if (item.startsWith("[")) {
            int close = item.indexOf(']');
            address = close < 0 ? item : item.substring(1, close);
        } else if (item.indexOf(':') >= 0 && item.indexOf(':') == item.lastIndexOf(':')) {
            address = item.substring(0, item.indexOf(':'));
        }
        return NetUtil.isValidIpV4Address(address) || NetUtil.isValidIpV6Address(address)
                ? address
                : null;
    }
}
