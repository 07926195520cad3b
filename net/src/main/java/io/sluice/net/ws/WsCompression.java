package io.sluice.net.ws;

/// What the handshake agreed on (RFC 7692).
enum WsCompression {
    NONE,
    /// `permessage-deflate`, each message by itself in both directions.
    DEFLATE
}
