package io.sluice.net.tls;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The cipher suites that can be configured, by IANA name and number. The order is the order of preference: AES with
/// 128 bits first, as it is fastest where AES is in hardware. Those after CHACHA20 are used only when listed by name.
enum CipherSuite {
    TLS_AES_128_GCM_SHA256(0x1301),
    TLS_AES_256_GCM_SHA384(0x1302),
    TLS_CHACHA20_POLY1305_SHA256(0x1303),
    TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(0xc02b),
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256(0xc02f),
    TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(0xc02c),
    TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384(0xc030),
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(0xcca9),
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256(0xcca8),
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA(0xc009),
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA(0xc00a),
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA(0xc013),
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA(0xc014),
    TLS_RSA_WITH_AES_128_GCM_SHA256(0x009c),
    TLS_RSA_WITH_AES_256_GCM_SHA384(0x009d);

    private final int id;

    CipherSuite(int id) {
        this.id = id;
    }

    boolean tls13() {
        return id >> 8 == 0x13;
    }

    /// By name, also without the hash that some spell it without, or by number in decimal or with `0x`.
    static @Nullable CipherSuite find(String text) {
        String wanted = text.strip().toUpperCase(Locale.ROOT);
        int number = number(wanted);
        for (CipherSuite suite : values()) {
            if (suite.id == number
                    || suite.name().equals(wanted)
                    || wanted.endsWith("CHACHA20_POLY1305")
                            && suite.name().equals(wanted + "_SHA256")) {
                return suite;
            }
        }
        return null;
    }

    static List<String> modern() {
        return EnumSet.range(TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)
                .stream()
                .map(Enum::name)
                .toList();
    }

    static List<String> ofTls13() {
        return Arrays.stream(values()).filter(CipherSuite::tls13).map(Enum::name).toList();
    }

    static String names() {
        return String.join(", ", Arrays.stream(values()).map(Enum::name).toList());
    }

    private static int number(String text) {
        try {
            return Integer.decode(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
