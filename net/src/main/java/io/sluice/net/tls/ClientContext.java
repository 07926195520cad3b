package io.sluice.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;

/// How connections to services are secured: versions, ciphers, trust, the own certificate and what ALPN offers. Shared
/// by all loops, immutable; equal only to itself. Made by [ClientTls].
public final class ClientContext {
    private final SslContext context;

    ClientContext(SslContext context) {
        this.context = context;
    }

    /// A handler for one connection, owned by the pipeline it is added to.
    ///
    /// @param serverName for SNI and, unless certificates are not verified, their check
    public SslHandler handler(ByteBufAllocator allocator, String serverName, int port) {
        return context.newHandler(allocator, serverName, port);
    }
}
