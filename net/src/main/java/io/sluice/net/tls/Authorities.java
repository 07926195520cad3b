package io.sluice.net.tls;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Reads the certificates of authorities that the other side's certificate must come from.
final class Authorities {
    private Authorities() {}

    static List<X509Certificate> read(ClientCertificateConfig config, TlsFindings findings) {
        List<X509Certificate> all = new ArrayList<>();
        if (config.clientAuth().asks()) {
            for (String file : config.authorityFiles()) {
                String key = file.equals(config.clientCAFile()) ? "clientCAFile" : "clientCAs";
                all.addAll(read(key, file, findings));
            }
        }
        return all;
    }

    static List<X509Certificate> read(String key, String file, TlsFindings findings) {
        try {
            return PemFile.certificates(file);
        } catch (PemFile.Unusable unusable) {
            findings.error(key, KeyMaterial.message(unusable));
            return List.of();
        }
    }
}
