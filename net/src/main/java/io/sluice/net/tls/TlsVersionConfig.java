package io.sluice.net.tls;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Which versions and cipher suites are spoken; shared by both directions.
public record TlsVersionConfig(
        @Doc("Lowest TLS version: 1.2 or 1.3.") @Default("1.2") String minVersion,
        @Doc("Highest TLS version: 1.2 or 1.3.") @Default("1.3") String maxVersion,
        @Doc("Cipher suites as IANA names or numbers; empty for forward-secret AEAD suites only.")
                List<String> cipherSuites)
        implements Checked {

    public static final TlsVersionConfig DEFAULTS = new TlsVersionConfig("1.2", "1.3", List.of());

    public TlsVersionConfig {
        cipherSuites = List.copyOf(cipherSuites);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        int min = minor("minVersion", minVersion, problem);
        int max = minor("maxVersion", maxVersion, problem);
        if (min > 0 && max > 0 && min > max) {
            problem.accept(
                    "maxVersion", "'" + maxVersion + "' is below minVersion '" + minVersion + "'");
        }
        for (int i = 0; i < cipherSuites.size(); i++) {
            if (CipherSuite.find(cipherSuites.get(i)) == null) {
                problem.accept(
                        "cipherSuites[" + i + "]",
                        "'"
                                + cipherSuites.get(i)
                                + "' is not a supported suite, expected one of "
                                + CipherSuite.names());
            }
        }
    }

    /// Protocol names as the engines know them, highest first. Only for a checked record.
    List<String> protocols() {
        List<String> protocols = new ArrayList<>(2);
        if (maxVersion.endsWith("1.3")) {
            protocols.add("TLSv1.3");
        }
        if (minVersion.endsWith("1.2")) {
            protocols.add("TLSv1.2");
        }
        return protocols;
    }

    /// Suite names as the engines know them, in order of preference. Only for a checked record.
    List<String> suites() {
        if (cipherSuites.isEmpty()) {
            return CipherSuite.modern();
        }
        List<String> names = new ArrayList<>();
        boolean anyOfTls13 = false;
        for (String text : cipherSuites) {
            CipherSuite suite = CipherSuite.find(text);
            if (suite != null) {
                names.add(suite.name());
                anyOfTls13 |= suite.tls13();
            }
        }
        if (!anyOfTls13) {
            names.addAll(CipherSuite.ofTls13());
        }
        return names;
    }

    private static int minor(String key, String version, BiConsumer<String, String> problem) {
        return switch (version.replace("TLSv", "").replace("TLS", "").strip()) {
            case "1.2" -> 2;
            case "1.3" -> 3;
            case "1.0", "1.1", "1" -> {
                problem.accept(
                        key, "TLS " + version + " is broken and not offered, expected 1.2 or 1.3");
                yield -1;
            }
            default -> {
                problem.accept(key, "'" + version + "' is not a TLS version, expected 1.2 or 1.3");
                yield -1;
            }
        };
    }
}
