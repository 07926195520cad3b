package io.sluice.edge.filter.auth;

import java.util.List;
import java.util.function.BiConsumer;

/// Scope values (RFC 6749 3.3).
final class Scopes {
    private Scopes() {}

    /// Printable ASCII without space, quote and backslash; so it can stand in a challenge.
    static boolean isToken(String scope) {
        for (int i = 0; i < scope.length(); i++) {
            char c = scope.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return !scope.isEmpty();
    }

    static void check(List<String> scopes, BiConsumer<String, String> problem) {
        for (String scope : scopes) {
            if (!isToken(scope)) {
                problem.accept(
                        "requiredScopes", "'" + scope + "', expected one word without quotes");
            }
        }
    }
}
