package io.sluice.edge.filter.auth;

import io.sluice.core.identity.Principal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/// What a certificate says about its owner (RFC 5280 4.1.2.6 and 4.2.1.6).
final class CertificateNames {
    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    private CertificateNames() {}

    /// Claims are `subject` and `issuer` (RFC 2253), `serial`, `fingerprint` (SHA-256) and, if there are any, `san`.
    static Principal principal(
            X509Certificate certificate, CertificateConfig.SubjectFrom from, String provider) {
        String whole = certificate.getSubjectX500Principal().getName();
        String named =
                switch (from) {
                    case COMMON_NAME -> commonName(whole);
                    case DISTINGUISHED_NAME -> whole;
                    case DNS -> first(certificate, DNS);
                    case EMAIL -> first(certificate, EMAIL);
                    case URI -> first(certificate, URI);
                };
        String fingerprint = fingerprint(certificate);
        String subject = named != null && !named.isBlank() ? named : whole;
        String serial = certificate.getSerialNumber().toString(16);
        String issuer = certificate.getIssuerX500Principal().getName();
        String others = String.join(",", alternatives(certificate));
        Map<String, String> claims =
                others.isEmpty()
                        ? Map.of(
                                "subject", whole,
                                "issuer", issuer,
                                "serial", serial,
                                "fingerprint", fingerprint)
                        : Map.of(
                                "subject", whole,
                                "issuer", issuer,
                                "serial", serial,
                                "fingerprint", fingerprint,
                                "san", others);
        return new Principal(
                subject.isEmpty() ? fingerprint : subject,
                "service",
                provider,
                Set.of(),
                claims,
                certificate.getNotAfter().toInstant());
    }

    private static @Nullable String commonName(String distinguished) {
        try {
            // The most specific part comes last.
            for (Rdn part : new LdapName(distinguished).getRdns().reversed()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
            return null;
        } catch (InvalidNameException unreadable) {
            return null;
        }
    }

    private static @Nullable String first(X509Certificate certificate, int kind) {
        for (List<?> name : names(certificate)) {
            if (Integer.valueOf(kind).equals(name.get(0))) {
                return String.valueOf(name.get(1));
            }
        }
        return null;
    }

    private static List<String> alternatives(X509Certificate certificate) {
        List<String> all = new ArrayList<>();
        for (List<?> name : names(certificate)) {
            String kind =
                    switch (name.get(0)) {
                        case Integer number when number == EMAIL -> "email:";
                        case Integer number when number == DNS -> "dns:";
                        case Integer number when number == URI -> "uri:";
                        case Integer number when number == ADDRESS -> "ip:";
                        default -> null;
                    };
            if (kind != null) {
                all.add(kind + name.get(1));
            }
        }
        return all;
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException | CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
