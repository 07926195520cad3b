package io.sluice.app.wiring;

/// A concrete path the start page can offer: one the demo's rule takes.
final class TryPath {
    private TryPath() {}

    static String of(GatewayConfig config) {
        String demo = config.pages().demo().service();
        return config.router().rules().stream()
                .filter(rule -> rule.serviceName().equals(demo))
                .findFirst()
                .map(rule -> concrete(rule.route().path()))
                .orElse(config.pages().console().path());
    }

    /// `/a/:id/b/*` as `/a/1/b/hello`.
    static String concrete(String pattern) {
        String named = pattern.replaceAll("/(:[^/]+|\\{[^/]+}|\\*(?=/))", "/1");
        String filled = named.replaceAll("\\*+$", "hello");
        return filled.endsWith("/") ? filled + "hello" : filled;
    }
}
