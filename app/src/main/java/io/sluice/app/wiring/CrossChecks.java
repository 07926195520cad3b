package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.Loaded;
import io.sluice.core.config.Nearest;
import io.sluice.edge.route.PathPattern;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.proxy.attempt.RetryConfig;
import io.sluice.proxy.upstream.balance.Strategy;
import io.sluice.proxy.upstream.discovery.RegistryConfig;
import io.sluice.proxy.upstream.discovery.ServiceConfig;
import io.sluice.proxy.upstream.health.CircuitBreakerConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rules that more than one section has a part in. Works on a draft, so that they are told together with every other
/// mistake; what rests on a section that failed is left out.
final class CrossChecks {
    private static final int MAX_PORT = 65_535;

    private final Loaded<GatewayConfig> loaded;
    private final Findings findings;

    private CrossChecks(Loaded<GatewayConfig> loaded) {
        this.loaded = loaded;
        this.findings = new Findings(loaded);
    }

    static List<Complaint> of(Loaded<GatewayConfig> loaded) {
        GatewayConfig draft = loaded.draft();
        if (draft == null) {
            return List.of();
        }
        CrossChecks checks = new CrossChecks(loaded);
        checks.addresses(draft);
        checks.rules(draft.router().rules());
        checks.services(draft);
        checks.overrides(draft);
        ProtectionChecks.check(draft, loaded, checks.findings);
        PageChecks.check(draft, loaded, checks.findings, serviceNames(draft));
        return checks.findings.all();
    }

    /// An address that is to be bound.
    private record Bound(String host, int port, String path) {
        private static final Set<String> EVERY = Set.of("", "0.0.0.0", "::", "[::]");

        boolean clashes(Bound other) {
            return port == other.port
                    && (host.equals(other.host)
                            || EVERY.contains(host)
                            || EVERY.contains(other.host));
        }
    }

    private void addresses(GatewayConfig config) {
        List<Bound> taken = new ArrayList<>();
        ListenerConfig main = config.frontend().http().listener();
        bound(main.host(), main.port(), GatewayConfig.ROOT + ".frontend.http.port", taken);
        for (int i = 0; i < config.listeners().size(); i++) {
            ListenerConfig other = config.listeners().get(i).listener();
            String path = GatewayConfig.ROOT + ".listeners[" + i + "].port";
            bound(other.host(), other.port(), path, taken);
        }
        int metrics = config.pages().metrics().port();
        if (config.pages().metrics().enabled() && metrics > 0) {
            bound(main.host(), metrics, GatewayConfig.ROOT + ".metrics.port", taken);
        }
    }

    private void bound(String host, int port, String path, List<Bound> taken) {
        if (port < 0 || port > MAX_PORT) {
            findings.error(
                    path,
                    "found " + port + ", expected 1 to " + MAX_PORT + ", or 0 for a free one");
            return;
        }
        Bound wanted = new Bound(host.equals("localhost") ? "127.0.0.1" : host, port, path);
        for (Bound other : taken) {
            if (port > 0 && wanted.clashes(other)) {
                findings.error(path, "port " + port + " is taken already by " + other.path());
                return;
            }
        }
        taken.add(wanted);
    }

    private void rules(List<RuleConfig> rules) {
        Map<String, String> ids = new HashMap<>();
        List<RouteTable.Entry<RuleConfig>> entries = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            RuleConfig rule = rules.get(i);
            String path = loaded.places().pathOf(rule);
            String id = rule.route().idAt(i);
            String first = ids.putIfAbsent(id, path);
            if (first != null) {
                findings.error(path + ".id", "`" + id + "` is used twice, first" + at(first));
            } else if (!rule.internal() && isPattern(rule.route().path())) {
                entries.add(RouteTable.Entry.of(rule.route(), i, rule));
            }
            protocol(rule, path);
            affinity(rule, path);
        }
        RouteTable.compile(
                entries,
                (earlier, later) ->
                        findings.warning(
                                ids.getOrDefault(later, "") + ".path",
                                "takes the same requests as rule `"
                                        + earlier
                                        + "`"
                                        + at(ids.getOrDefault(earlier, ""))
                                        + ", which gets them all"));
    }

    private void services(GatewayConfig config) {
        Set<String> names = serviceNames(config);
        boolean failed =
                findings.failed(GatewayConfig.ROOT + ".registry")
                        || findings.failed(GatewayConfig.ROOT + ".demo");
        if (config.services().registry().type() != RegistryConfig.Type.STATIC) {
            findings.warning(
                    GatewayConfig.ROOT + ".registry.type",
                    "services are not discovered yet; a rule whose service is not listed under static"
                            + " answers 503");
            return;
        }
        if (failed || !config.services().registry().discovery().isEmpty()) {
            return;
        }
        for (RuleConfig rule : config.router().rules()) {
            if (!rule.internal() && !names.contains(rule.serviceName())) {
                findings.error(
                        loaded.places().pathOf(rule) + ".serviceName",
                        "no service is called `"
                                + rule.serviceName()
                                + "`"
                                + known(rule.serviceName(), names));
            }
        }
    }

    private static Set<String> serviceNames(GatewayConfig config) {
        Set<String> names = new LinkedHashSet<>();
        for (ServiceConfig service : config.services().registry().staticServices().services()) {
            names.add(service.name());
        }
        if (config.pages().demo().enabled()) {
            names.add(config.pages().demo().service());
        }
        return names;
    }

    private void overrides(GatewayConfig config) {
        Set<String> ids = new LinkedHashSet<>();
        for (int i = 0; i < config.router().rules().size(); i++) {
            ids.add(config.router().rules().get(i).route().idAt(i));
        }
        Set<String> services = serviceNames(config);
        CircuitBreakerConfig breaker = config.policy().circuitBreaker();
        String breakers = GatewayConfig.ROOT + ".circuitBreaker";
        named(breaker.routes().keySet(), breakers + ".routes", "rule", ids);
        named(breaker.services().keySet(), breakers + ".services", "service", services);
        RetryConfig retry = config.policy().retry();
        String retries = GatewayConfig.ROOT + ".retry";
        named(retry.routes().keySet(), retries + ".routes", "rule", ids);
        named(retry.services().keySet(), retries + ".services", "service", services);
    }

    private void named(Set<String> used, String path, String kind, Set<String> names) {
        for (String name : used) {
            if (!names.contains(name)) {
                findings.warning(
                        path + "." + name,
                        "no " + kind + " is called `" + name + "`" + known(name, names));
            }
        }
    }

    private static String known(String name, Set<String> names) {
        String nearest = Nearest.of(name, names);
        if (nearest != null) {
            return "; did you mean `" + nearest + "`?";
        }
        return names.isEmpty() ? "; there are none" : "; known are " + String.join(", ", names);
    }

    private void affinity(RuleConfig rule, String path) {
        if (rule.balance().loadBalance() == Strategy.STICKY_SESSION
                && rule.balance().affinity() == null) {
            findings.warning(
                    path + ".sessionAffinity.enabled",
                    "is false, so sticky_session keeps no sessions; requests go in turn");
        }
    }

    private void protocol(RuleConfig rule, String path) {
        switch (rule.call().protocol()) {
            case GRPC ->
                    findings.warning(
                            path + ".protocol",
                            "requests pass as they are; nothing is translated to gRPC yet");
            case WEBSOCKET ->
                    findings.warning(
                            path + ".protocol", "WebSockets are not passed on to services yet");
            case HTTP, SSE -> {
                if (rule.route().hints("WEBSOCKET")) {
                    findings.warning(
                            path + ".methods", "WebSockets are not passed on to services yet");
                }
            }
        }
    }

    private static boolean isPattern(String path) {
        try {
            PathPattern.parse(path);
            return true;
        } catch (IllegalArgumentException told) {
            return false; // the rule itself has complained
        }
    }

    private String at(String path) {
        int line = loaded.places().at(path).line();
        return line > 0 ? " in line " + line : "";
    }
}
