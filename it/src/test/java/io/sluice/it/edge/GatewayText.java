package io.sluice.it.edge;

import io.sluice.testkit.OriginServer;
import java.util.ArrayList;
import java.util.List;

/// Puts the text of a configuration together.
final class GatewayText {
    private final List<String> services = new ArrayList<>();
    private final List<String> rules = new ArrayList<>();
    private final List<String> sections = new ArrayList<>();

    /// Service `s` with these instances, each under its origin's name. Without a rule, `/*` goes to it as rule `r`.
    static GatewayText of(OriginServer... origins) {
        return new GatewayText().service("s", "", instances(origins));
    }

    /// Nothing yet.
    static GatewayText empty() {
        return new GatewayText();
    }

    static String[] instances(OriginServer... origins) {
        String[] instances = new String[origins.length];
        for (int i = 0; i < origins.length; i++) {
            instances[i] = instance(origins[i], "");
        }
        return instances;
    }

    /// @param more further keys, `key: value, ...`
    static String instance(OriginServer origin, String more) {
        return instance(origin.name(), origin.port(), more);
    }

    static String instance(String id, int port, String more) {
        String keys = "id: %s, address: 127.0.0.1, port: %d".formatted(id, port);
        return '{' + keys + (more.isEmpty() ? "" : ", " + more) + '}';
    }

    /// @param more further keys, `key: value, ...`
    /// @param instances as [#instance] gives them
    GatewayText service(String name, String more, String... instances) {
        services.add(
                "{name: "
                        + name
                        + (more.isEmpty() ? "" : ", " + more)
                        + ", instances: ["
                        + String.join(", ", instances)
                        + "]}");
        return this;
    }

    /// A rule `r` for `/*` to the service `s`.
    ///
    /// @param more further keys, `key: value, ...`
    GatewayText rule(String more) {
        return rule("r", "/*", more);
    }

    /// A rule to the service `s`.
    GatewayText rule(String id, String path, String more) {
        String keys = "id: " + id + ", path: '" + path + "', ";
        return rawRule(keys + "serviceName: s" + (more.isEmpty() ? "" : ", " + more));
    }

    /// @param keys all of them, `key: value, ...`
    GatewayText rawRule(String keys) {
        rules.add('{' + keys + '}');
        return this;
    }

    /// @param yaml right below `gateway`
    GatewayText section(String yaml) {
        sections.add(yaml.indent(2));
        return this;
    }

    String text() {
        List<String> all = rules;
        if (all.isEmpty()) {
            rule("");
        }
        return "gateway:\n  registry: {static: {services: ["
                + String.join(", ", services)
                + "]}}\n  router: {rules: ["
                + String.join(", ", all)
                + "]}\n"
                + String.join("", sections);
    }
}
