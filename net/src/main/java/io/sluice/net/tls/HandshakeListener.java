package io.sluice.net.tls;

/// Told of handshakes that failed, once each, on the connection's loop. For counters, so it must be quick.
@FunctionalInterface
public interface HandshakeListener {
    /// For who does not want to know.
    HandshakeListener NONE = _ -> {};

    void failed(HandshakeFailure reason);
}
