package io.sluice.proxy.upstream.discovery;

import io.sluice.net.dial.Origin;
import org.jspecify.annotations.Nullable;

/// Where an instance listens and what it speaks, before certificates and timeouts are added.
///
/// @param host name or address literal
public record Endpoint(String host, int port, Security security, Origin.Speaks speaks) {

    /// Whether the connection is encrypted.
    public enum Security {
        /// In the clear unless the `backend` section says otherwise.
        PLAIN,
        /// In the clear, whatever that section says.
        CLEAR,
        TLS
    }

    /// Adds the certificates and timeouts of the `backend` section.
    @FunctionalInterface
    public interface OriginSource {
        /// Equal for equal endpoints while that section does not change, or reloads replace every instance.
        ///
        /// @throws RuntimeException when no origin can be made; the caller then changes nothing
        Origin origin(Endpoint endpoint);
    }

    /// What these words together say; any of them may be missing.
    public static Endpoint of(String host, int port, @Nullable BackendProtocol... words) {
        boolean secure = false;
        boolean http2 = false;
        boolean http1 = false;
        for (BackendProtocol word : words) {
            if (word != null) {
                secure |= word.secure();
                http2 |= word.onlyHttp2();
                http1 |= word.onlyHttp1();
            }
        }
        Origin.Speaks speaks =
                http2
                        ? Origin.Speaks.HTTP_2
                        : secure && !http1 ? Origin.Speaks.NEGOTIATED : Origin.Speaks.HTTP_1;
        return new Endpoint(host, port, secure ? Security.TLS : Security.PLAIN, speaks);
    }

    /// The same in the clear, whatever else is said.
    public Endpoint inTheClear() {
        return new Endpoint(host, port, Security.CLEAR, speaks);
    }
}
