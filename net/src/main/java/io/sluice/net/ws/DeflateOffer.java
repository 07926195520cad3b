package io.sluice.net.ws;

import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The negotiation of `permessage-deflate` (RFC 7692 7.1). Taken only with each message by itself in both directions, so
/// that a broadcast is compressed once and an idle socket holds no window.
final class DeflateOffer {
    static final String ANSWER =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final String NAME = "permessage-deflate";

    private DeflateOffer() {}

    /// Whether one of the client's offers can be taken.
    static boolean acceptable(Headers headers, HeaderName extensions) {
        for (String offer : FieldTokens.all(headers, extensions)) {
            if (acceptable(offer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean acceptable(String offer) {
        String[] parts = offer.split(";", -1);
        if (!parts[0].strip().equalsIgnoreCase(NAME)) {
            return false;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 1; i < parts.length; i++) {
            String[] pair = parts[i].split("=", 2);
            String name = pair[0].strip().toLowerCase(Locale.ROOT);
            String value = pair.length == 2 ? unquoted(pair[1].strip()) : null;
            if (!seen.add(name) || !parameter(name, value)) {
                return false;
            }
        }
        return true;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean parameter(String name, @Nullable String value) {
        return switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
            // The client may shrink its own window; the JDK cannot shrink ours.
            case "client_max_window_bits" -> value == null || windowBits(value) >= 8;
            case "server_max_window_bits" -> value != null && windowBits(value) == 15;
            default -> false;
        };
    }

    private static int windowBits(String value) {
        return value.matches("8|9|1[0-5]") ? Integer.parseInt(value) : -1;
    }
}
