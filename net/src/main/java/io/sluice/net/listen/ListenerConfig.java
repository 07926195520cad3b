package io.sluice.net.listen;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.net.tls.AlpnOffer;
import io.sluice.net.tls.ServerTlsConfig;

/// One listener: `frontend.http`, or an item of `listeners`.
public record ListenerConfig(
        @Default("0.0.0.0") @Doc("Address to bind to.") String host,
        @Default("8080") @Doc("Port to bind to; 0 takes a free one.") int port,
        @Inline ListenerTimeouts timeouts,
        @Inline ListenerLimits limits,
        @Doc("HTTPS on this port.") ServerTlsConfig tls,
        @Default("off")
                @Doc("PROXY protocol header before each connection: off, optional or required.")
                ProxyProtocol proxyProtocol,
        @Default("true")
                @Alias("http2")
                @Doc("Whether HTTP/2 is offered by ALPN and by prior knowledge.")
                boolean enableHTTP2) {

    /// What ALPN offers on this listener.
    public AlpnOffer alpn() {
        return enableHTTP2 ? AlpnOffer.EITHER : AlpnOffer.HTTP_1;
    }
}
