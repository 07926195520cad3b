package io.sluice.app.wiring;

import io.sluice.core.config.Loaded;
import io.sluice.core.config.Nearest;
import io.sluice.edge.filter.FilterFactory;
import io.sluice.proxy.upstream.discovery.DiscoveryFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whether every extension that is named is there and takes its settings. Opens none.
final class ExtensionChecks {
    private final Findings findings;

    private ExtensionChecks(Findings findings) {
        this.findings = findings;
    }

    static void check(GatewayConfig config, Loaded<GatewayConfig> loaded, Findings findings) {
        ExtensionChecks checks = new ExtensionChecks(findings);
        List<FilterFactory> filters = Builtins.filters();
        for (RuleConfig rule : config.router().rules()) {
            checks.named(
                    rule.guards().filters(),
                    loaded.places().pathOf(rule) + ".filters",
                    "filter",
                    problems(filters, FilterFactory::id, factory -> factory::problem));
        }
        checks.named(
                config.services().registry().discovery(),
                GatewayConfig.ROOT + ".registry.discovery",
                "source of services",
                problems(
                        Builtins.discoveries(), DiscoveryFactory::id, factory -> factory::problem));
    }

    /// Says what is wrong with settings, or null.
    @FunctionalInterface
    private interface Problem {
        @Nullable String in(Map<String, String> settings);
    }

    private static <F> Map<String, Problem> problems(
            List<F> factories, Function<F, String> id, Function<F, Problem> problem) {
        Map<String, Problem> byId = new LinkedHashMap<>();
        factories.forEach(factory -> byId.putIfAbsent(id.apply(factory), problem.apply(factory)));
        return byId;
    }

    private void named(
            Map<String, Map<String, String>> used,
            String path,
            String kind,
            Map<String, Problem> known) {
        used.forEach((id, settings) -> {
            Problem factory = known.get(id);
            String problem = factory == null ? unknown(kind, id, known) : factory.in(settings);
            if (problem != null) {
                findings.error(path + "." + id, problem);
            }
        });
    }

    private static String unknown(String kind, String id, Map<String, Problem> known) {
        String nearest = Nearest.of(id, known.keySet());
        String others =
                nearest != null
                        ? "; did you mean `" + nearest + "`?"
                        : known.isEmpty()
                                ? "; no extension brings any, see SLUICE_EXTENSIONS"
                                : "; known are " + String.join(", ", known.keySet());
        return "no " + kind + " is called `" + id + "`" + others;
    }
}
