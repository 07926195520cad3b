package io.sluice.core.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// Takes secrets out of what is logged. Immutable, any thread.
///
/// A query parameter is secret by its name, whatever case, dashes, underscores or percent escapes it is written with:
/// the listed names, those the configuration adds, and all that end in token, secret, password, apikey or signature.
public final class Redaction {
    private static final String HIDDEN = "***";
    private static final Set<String> NAMES =
            Set.of(
                    "key",
                    "auth",
                    "authorization",
                    "pass",
                    "passwd",
                    "pwd",
                    "jwt",
                    "sid",
                    "session",
                    "sessionid",
                    "code",
                    "sig",
                    "credential",
                    "credentials",
                    "ticket",
                    "assertion");
    private static final String[] ENDINGS = {"token", "secret", "password", "apikey", "signature"};

    private final Set<String> names = new HashSet<>(NAMES);

    /// @param more names of parameters that are secret in this configuration
    public Redaction(Collection<String> more) {
        more.forEach(name -> names.add(plain(name)));
    }

    /// The query with the values of secret parameters hidden; the same string when there are none.
    public String query(String query) {
        StringBuilder redacted = null;
        int kept = 0;
        int start = 0;
        while (start < query.length()) {
            int end = next(query, start);
            int equals = query.indexOf('=', start);
            if (equals >= 0 && equals < end - 1 && secret(query.substring(start, equals))) {
                if (redacted == null) {
                    redacted = new StringBuilder(query.length());
                }
                redacted.append(query, kept, equals + 1).append(HIDDEN);
                kept = end;
            }
            start = end + 1;
        }
        return redacted == null ? query : redacted.append(query, kept, query.length()).toString();
    }

    /// Where a parameter ends; some servers split at semicolons too.
    private static int next(String query, int start) {
        for (int i = start; i < query.length(); i++) {
            char c = query.charAt(i);
            if (c == '&' || c == ';') {
                return i;
            }
        }
        return query.length();
    }

    private boolean secret(String name) {
        String plain = plain(name.indexOf('%') >= 0 ? decoded(name) : name);
        if (names.contains(plain)) {
            return true;
        }
        for (String ending : ENDINGS) {
            if (plain.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return name;
        }
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
