package io.sluice.net.tls;

import io.sluice.net.http.Peer;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// What a handshake came to.
///
/// @param serverName name the client asked for, or null
/// @param certificate the client's certificate, verified, or null
/// @param speaks what ALPN chose; HTTP/1.1 when the client offered nothing
public record Negotiated(
        @Nullable String serverName, @Nullable X509Certificate certificate, Speaks speaks) {

    /// The outcome of ALPN (RFC 7301).
    public enum Speaks {
        HTTP_1,
        HTTP_2
    }

    public Peer secure(Peer peer) {
        return peer.secured(serverName, certificate);
    }
}
