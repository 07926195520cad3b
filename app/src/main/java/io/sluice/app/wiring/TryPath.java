package io.sluice.app.wiring;

import java.util.List;

/// A concrete path the start page can offer: one that the rule of the demo takes, or else the first rule.
final class TryPath {
    private TryPath() {}

    static String of(GatewayConfig config) {
        String demo = config.pages().demo().service();
        List<RuleConfig> rules = config.router().rules();
        return rules.stream()
                .filter(rule -> rule.serviceName().equals(demo))
                .findFirst()
                .or(() -> rules.stream().filter(rule -> !rule.internal()).findFirst())
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
