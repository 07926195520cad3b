package io.sluice.edge.filter.auth;

import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import org.jspecify.annotations.Nullable;

/// `auth.mtls`: client certificates as credentials.
public record CertificateConfig(
        @Doc(
                        "Whether a client certificate that a listener verified says who asks; when left out only where a listener asks for certificates and neither jwt, apikey nor providers is configured.")
                @Nullable Boolean enabled,
        @Doc(
                        "What of the certificate names the caller; its distinguished name where that is missing.")
                @Default("common_name")
                SubjectFrom subject) {

    /// Parts of a certificate that can name its owner.
    public enum SubjectFrom {
        COMMON_NAME,
        DISTINGUISHED_NAME,
        DNS,
        EMAIL,
        URI
    }
}
