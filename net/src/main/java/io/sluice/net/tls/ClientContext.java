package io.sluice.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;

/// How connections to services are secured: versions, ciphers, trust, the own certificate and what ALPN offers. Shared
/// by all loops, immutable; equal only to itself. Made by [ClientTls].
public final class ClientContext {
    private final SslContext context;
    private final Duration handshakeTimeout;

    ClientContext(SslContext context, Duration handshakeTimeout) {
        this.context = context;
        this.handshakeTimeout = handshakeTimeout;
    }

    /// The same with a limit for each handshake, within that for connecting; zero for none of its own.
    public ClientContext within(Duration newHandshakeTimeout) {
        return new ClientContext(context, newHandshakeTimeout);
    }

    public Duration handshakeTimeout() {
        return handshakeTimeout;
    }

    /// A handler for one connection, owned by the pipeline it is added to.
    ///
    /// @param serverName for SNI and, unless certificates are not verified, their check
    public SslHandler handler(ByteBufAllocator allocator, String serverName, int port) {
        return context.newHandler(allocator, serverName, port);
    }
}
