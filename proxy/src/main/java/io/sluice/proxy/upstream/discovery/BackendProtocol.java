package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Alias;

/// The words by which configurations and labels say what an instance speaks.
public enum BackendProtocol {
    HTTP,
    HTTPS,
    @Alias({"http1", "http/1.1"})
    HTTP_1,
    @Alias({"h2", "http2", "http/2"})
    HTTP_2,
    H2C,
    WS,
    WSS,
    WEBSOCKET,
    SSE,
    GRPC,
    GRPCS;

    /// Whether the word itself says TLS.
    boolean secure() {
        return this == HTTPS || this == WSS || this == GRPCS;
    }

    /// Whether the word, where a scheme is named, says that there is no TLS.
    boolean clear() {
        return this == HTTP || this == WS || this == H2C || this == GRPC;
    }

    /// Whether the word asks for HTTP/2 and nothing else.
    boolean onlyHttp2() {
        return this == HTTP_2 || this == H2C || this == GRPC || this == GRPCS;
    }

    /// Whether the word asks for HTTP/1.1 and nothing else.
    boolean onlyHttp1() {
        return this == HTTP_1 || this == WS || this == WSS || this == WEBSOCKET;
    }
}
