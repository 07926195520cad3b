package io.sluice.net.listen;

/// What a listener speaks once TLS, if any, is done.
public record Protocols(ProtocolStart http1, ProtocolStart http2) {}
