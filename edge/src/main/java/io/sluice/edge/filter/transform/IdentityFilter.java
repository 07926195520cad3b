package io.sluice.edge.filter.transform;

import io.sluice.core.identity.Principal;
import io.sluice.core.json.JsonText;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tells the service who asks: `X-Auth-Subject`, `-Type`, `-Provider`, `-Scopes`, and as one JSON object in
/// `X-Auth-Claims` what `claimsMapping` names. What a client sent under these names was removed before. Bytes of UTF-8 that are no printable ASCII, and `%`, are percent-encoded.
public final class IdentityFilter implements Filter {

    @Override
    public Phase phase() {
        return Phase.TRANSFORM;
    }

    @Override
    public Step apply(Exchange exchange) {
        Principal principal = exchange.principal();
        if (principal != null) {
            Headers headers = exchange.request().headers();
            headers.set(HeaderName.X_AUTH_SUBJECT, plain(principal.subject()));
            headers.set(HeaderName.X_AUTH_TYPE, plain(principal.type()));
            headers.set(HeaderName.X_AUTH_PROVIDER, plain(principal.provider()));
            String scopes = scopes(principal);
            if (scopes != null) {
                headers.set(HeaderName.X_AUTH_SCOPES, plain(scopes));
            }
            if (!principal.claims().isEmpty()) {
                headers.set(
                        HeaderName.X_AUTH_CLAIMS,
                        plain(JsonText.of(new TreeMap<>(principal.claims()))));
            }
        }
        return Step.next();
    }

    private static @Nullable String scopes(Principal principal) {
        return switch (principal.scopes().size()) {
            case 0 -> null;
            case 1 -> principal.scopes().iterator().next();
            default -> String.join(" ", new TreeSet<>(principal.scopes()));
        };
    }

    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!printable(text.charAt(i))) {
                return encoded(text);
            }
        }
        return text;
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        HexFormat hex = HexFormat.of().withUpperCase();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && printable((char) b)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(hex.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean printable(char c) {
        return c >= ' ' && c < 0x7f && c != '%';
    }
}
