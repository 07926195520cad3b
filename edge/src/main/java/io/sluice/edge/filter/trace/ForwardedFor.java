package io.sluice.edge.filter.trace;

import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a trusted proxy says about its client, taken further by one hop.
final class ForwardedFor {
    static final AsciiString PREFIX = AsciiString.cached("x-forwarded-");

    private static final HeaderName[] KEPT = {
        HeaderName.X_FORWARDED_PROTO, HeaderName.X_FORWARDED_HOST, HeaderName.X_FORWARDED_PORT
    };

    private ForwardedFor() {}

    /// Appends the peer to `X-Forwarded-For`, fills in what the proxy left out from `own` and gives the client's address.
    /// `Forwarded` counts where there is no `X-Forwarded-For`: most proxies write only the latter and pass on what a client
    /// says in the former, which is then dropped, lest a service believes it.
    static String extend(Headers headers, String peer, TrustedProxies trusted, Headers own) {
        if (headers.contains(HeaderName.FORWARDED)) {
            takeForwarded(headers, trusted);
        }
        sendForwarded(headers, own);
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

    private static void takeForwarded(Headers headers, TrustedProxies trusted) {
        List<ForwardedElements.Element> elements =
                headers.contains(HeaderName.X_FORWARDED_FOR)
                        ? null
                        : ForwardedElements.parse(
                                String.join(", ", headers.all(HeaderName.FORWARDED)));
        if (elements == null) {
            headers.remove(HeaderName.FORWARDED);
            return;
        }
        int client = elements.size() - 1;
        while (client > 0 && trusted.trusts(elements.get(client).node())) {
            client--;
        }
        headers.set(
                HeaderName.X_FORWARDED_FOR,
                elements.stream()
                        .map(ForwardedElements.Element::node)
                        .collect(Collectors.joining(", ")));
        String proto = elements.get(client).proto();
        if (proto != null && (proto.equals("http") || proto.equals("https"))) {
            headers.set(HeaderName.X_FORWARDED_PROTO, proto);
        }
        String host = elements.get(client).host();
        if (host != null && host.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            headers.set(HeaderName.X_FORWARDED_HOST, host);
        }
    }

    /// Appends our element where services are to get the field, before `X-Forwarded-For` is taken further.
    private static void sendForwarded(Headers headers, Headers own) {
        String ours = own.get(HeaderName.FORWARDED);
        if (ours == null) {
            return;
        }
        List<String> parts = new ArrayList<>(headers.all(HeaderName.FORWARDED));
        if (parts.isEmpty()) {
            for (String list : headers.all(HeaderName.X_FORWARDED_FOR)) {
                for (String item : list.split(",", -1)) {
                    String address = bare(item.strip());
                    parts.add(
                            "for="
                                    + (address == null
                                            ? "unknown"
                                            : ForwardedElements.written(address)));
                }
            }
        }
        parts.add(ours);
        headers.set(HeaderName.FORWARDED, String.join(", ", parts));
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
