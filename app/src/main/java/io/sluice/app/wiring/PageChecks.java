package io.sluice.app.wiring;

import io.sluice.app.health.CheckConfig;
import io.sluice.app.health.HealthConfig;
import io.sluice.core.config.Loaded;
import java.util.List;
import java.util.Set;

/// Whether the gateway's own pages are served as the configuration reads: those that a rule takes the place of, and
/// checks that look at nothing.
final class PageChecks {
    private static final String ROOT = GatewayConfig.ROOT;

    private final Loaded<GatewayConfig> loaded;
    private final Findings findings;

    private PageChecks(Loaded<GatewayConfig> loaded, Findings findings) {
        this.loaded = loaded;
        this.findings = findings;
    }

    /// @param services names of those that are listed
    static void check(
            GatewayConfig draft,
            Loaded<GatewayConfig> loaded,
            Findings findings,
            Set<String> services) {
        PageChecks checks = new PageChecks(loaded, findings);
        checks.displaced(draft);
        boolean complete =
                !findings.failed(ROOT + ".registry")
                        && draft.services().registry().discovery().isEmpty();
        draft.pages()
                .health()
                .checks()
                .forEach((name, check) -> checks.health(name, check, services, complete));
    }

    private void displaced(GatewayConfig draft) {
        List<OwnPage> pages = OwnPage.of(draft);
        for (RuleConfig rule : draft.router().rules()) {
            String path = loaded.places().pathOf(rule);
            for (OwnPage page : pages) {
                if (rule.displaces(page.path())) {
                    findings.warning(
                            path + ".path",
                            "takes the place of the gateway's own page `"
                                    + page.id()
                                    + "` ("
                                    + page.key()
                                    + "), which is not served");
                }
            }
            if (rule.internal()
                    && pages.stream().noneMatch(page -> page.path().equals(rule.route().path()))) {
                findings.warning(
                        path + ".path",
                        "leads to a page of the gateway itself, which has none here; see health and metrics");
            }
        }
    }

    private void health(String name, CheckConfig check, Set<String> services, boolean complete) {
        String path = ROOT + ".health.checks." + name;
        switch (check.type()) {
            case GRPC, EXEC ->
                    findings.warning(
                            path + ".type",
                            "is never run, its result is `unsupported` and fails nothing; http and tcp are run");
            case HTTP, TCP -> {
                boolean known = HealthConfig.unnamed(name) || services.contains(name);
                if (!check.ofServices() || known) {
                    return;
                }
                String message =
                        "has no "
                                + (check.type().asks() ? "config.url" : "config.address")
                                + ", and no service is listed as `"
                                + name
                                + "`, so there is nothing to check";
                if (complete) {
                    findings.error(path, message);
                } else {
                    findings.warning(path, message);
                }
            }
        }
    }
}
