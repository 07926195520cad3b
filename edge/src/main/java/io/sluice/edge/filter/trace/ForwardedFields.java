package io.sluice.edge.filter.trace;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Peer;
import org.jspecify.annotations.Nullable;

/// The forwarding fields of the clients one loop saw last. Loop thread only.
final class ForwardedFields {
    private static final int SLOTS = 256;

    /// @param fields as they are for a request that brings none itself
    record Ready(
            String address, String scheme, String authority, boolean trusted, Headers fields) {}

    private final TrustedProxies trusted;
    private final @Nullable Ready[] slots = new Ready[SLOTS];

    private final ForwardedConfig.Sent sent;

    ForwardedFields(TrustedProxies trusted, ForwardedConfig.Sent sent) {
        this.trusted = trusted;
        this.sent = sent;
    }

    Ready of(Peer peer, String scheme, String authority) {
        int slot = slot(peer.address());
        Ready ready = slots[slot];
        if (ready != null
                && ready.address.equals(peer.address())
                && ready.authority.equals(authority)
                && ready.scheme.equals(scheme)) {
            return ready;
        }
        Ready made =
                new Ready(
                        peer.address(),
                        scheme,
                        authority,
                        trusted.trusts(peer.remote().getAddress()),
                        fields(peer, scheme, authority));
        slots[slot] = made;
        return made;
    }

    private static int slot(String address) {
        int hash = address.hashCode();
        return (hash ^ hash >>> 8) & SLOTS - 1;
    }

    private Headers fields(Peer peer, String scheme, String authority) {
        Headers fields = new Headers();
        fields.add(HeaderName.X_FORWARDED_FOR, peer.address());
        fields.add(HeaderName.X_FORWARDED_PROTO, scheme);
        fields.add(HeaderName.X_FORWARDED_HOST, authority);
        fields.add(HeaderName.X_FORWARDED_PORT, port(scheme, authority));
        fields.add(HeaderName.X_REAL_IP, peer.address());
        if (sent == ForwardedConfig.Sent.BOTH) {
            fields.add(
                    HeaderName.FORWARDED,
                    ForwardedElements.write(peer.address(), scheme, authority));
        }
        return fields;
    }

    /// The port the client named, else the usual one: the listener's own may be mapped to another outside.
    private static String port(String scheme, String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon > authority.lastIndexOf(']') && colon + 1 < authority.length()) {
            return authority.substring(colon + 1);
        }
        return scheme.equals("https") ? "443" : "80";
    }
}
