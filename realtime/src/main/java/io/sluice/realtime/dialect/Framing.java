package io.sluice.realtime.dialect;

/// How a text becomes bytes on the wire.
public enum Framing {
    /// One text frame (RFC 6455).
    WEBSOCKET,
    /// One text frame that may be compressed (RFC 7692).
    WEBSOCKET_DEFLATE
}
