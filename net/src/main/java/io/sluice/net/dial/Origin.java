package io.sluice.net.dial;

import io.sluice.net.tls.ClientContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where and how to connect.
///
/// @param host name or address literal; names are resolved off the loop
/// @param tls context when the origin speaks TLS, else null; shared, immutable
/// @param serverName name for SNI and certificate check; the host when null
/// @param speaks which HTTP to use
/// @param connectTimeout for TCP connect and TLS handshake together
public record Origin(
        String host,
        int port,
        @Nullable ClientContext tls,
        @Nullable String serverName,
        Speaks speaks,
        Duration connectTimeout) {

    /// Which HTTP version an origin is spoken to in.
    public enum Speaks {
        HTTP_1,
        /// Prior knowledge in the clear, ALPN `h2` over TLS.
        HTTP_2,
        /// Over TLS by ALPN, preferring `h2`; in the clear HTTP/1.1.
        NEGOTIATED
    }
}
