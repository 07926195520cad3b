package io.sluice.net.tls;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import io.sluice.core.config.Unsupported;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// TLS towards services: `backend.http.tls`.
@Unsupported(
        keys = {"preferServerCipher"},
        why = "the choice of the suite is the service's")
@Unsupported(
        keys = {"renegotiation"},
        why = "renegotiation is never done; it is gone from TLS 1.3 and a source of attacks before")
public record ClientTlsConfig(
        @Doc("Whether services without a scheme of their own are spoken to over TLS.")
                @Default("false")
                boolean enabled,
        @Doc(
                        "Accept any certificate. Only for tests: anybody on the way can read and change the traffic.")
                @Default("false")
                boolean insecureSkipVerify,
        @Doc("Name for SNI and for the certificate check; the instance's address when not set.")
                @Nullable String serverName,
        @Doc(
                        "Authorities that service certificates must come from, PEM; the platform's when not set.")
                @Alias({"caFile"})
                @Nullable String rootCAFile,
        @Doc("Certificate chain the gateway shows to services, PEM.") @Alias({"certFile"})
                @Nullable String clientCertFile,
        @Doc("Private key for clientCertFile, PEM, not encrypted.") @Alias({"keyFile"})
                @Nullable String clientKeyFile,
        @Inline TlsVersionConfig versions)
        implements Checked {

    public static final ClientTlsConfig DEFAULTS =
            new ClientTlsConfig(false, false, null, null, null, null, TlsVersionConfig.DEFAULTS);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (clientCertFile != null && clientKeyFile == null) {
            problem.accept("clientKeyFile", "is missing, though clientCertFile is set");
        }
        if (clientKeyFile != null && clientCertFile == null) {
            problem.accept("clientCertFile", "is missing, though clientKeyFile is set");
        }
    }
}
