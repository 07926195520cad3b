package io.sluice.net.tls;

/// What a listener asks of clients. A certificate that is given is always verified against the configured authorities,
/// so that whoever reads [io.sluice.net.http.Peer#certificate()] can trust it.
public enum ClientAuth {
    NONE,
    /// Asks; a client without a certificate is let in.
    REQUEST,
    /// A client without a certificate fails the handshake.
    REQUIRE,
    /// The same as `require`; both words are in use.
    VERIFY;

    public boolean asks() {
        return this != NONE;
    }
}
