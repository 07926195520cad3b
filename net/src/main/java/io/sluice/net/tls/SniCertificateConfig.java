package io.sluice.net.tls;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Doc;
import java.util.List;

/// One more certificate of a listener, chosen by the name the client asks for.
public record SniCertificateConfig(
        @Doc(
                        "Names that select this certificate, such as a.example or *.example; empty for those in it.")
                @Alias({"serverNames"})
                List<String> hosts,
        @Doc("Certificate chain, PEM.") String certFile,
        @Doc("Private key, PEM, not encrypted.") String keyFile) {

    public SniCertificateConfig {
        hosts = List.copyOf(hosts);
    }
}
