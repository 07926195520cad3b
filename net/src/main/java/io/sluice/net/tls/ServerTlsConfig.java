package io.sluice.net.tls;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// TLS of a listener: `frontend.http.tls` and the `tls` of each entry of `listeners`.
@Unsupported(
        keys = {"preferServerCipher"},
        why =
                "the order of the gateway's suites always decides; all default suites are equally sound")
public record ServerTlsConfig(
        @Doc("Whether the listener speaks TLS.") @Default("false") boolean enabled,
        @Doc("Certificate chain of the default certificate, PEM.") @Nullable String certFile,
        @Doc("Private key of the default certificate, PEM, not encrypted.")
                @Nullable String keyFile,
        @Inline TlsVersionConfig versions,
        @Inline ClientCertificateConfig clients,
        @Doc("More certificates, chosen by the name the client asks for.")
                List<SniCertificateConfig> certificates,
        @Doc("Time for the whole handshake, from accept.") @Default("10s")
                Duration handshakeTimeout)
        implements Checked {

    public ServerTlsConfig {
        certificates = List.copyOf(certificates);
    }

    /// A listener with one certificate and all defaults.
    public static ServerTlsConfig of(String certFile, String keyFile) {
        return new ServerTlsConfig(
                true,
                certFile,
                keyFile,
                TlsVersionConfig.DEFAULTS,
                ClientCertificateConfig.NONE,
                List.of(),
                Duration.ofSeconds(10));
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!enabled) {
            return;
        }
        if (certFile == null) {
            problem.accept("certFile", "is missing, expected the PEM file of a certificate chain");
        }
        if (keyFile == null) {
            problem.accept("keyFile", "is missing, expected the PEM file of a private key");
        }
        if (!handshakeTimeout.isPositive()) {
            problem.accept("handshakeTimeout", handshakeTimeout + " is not a positive time");
        }
    }
}
