package io.sluice.app.wiring;

import io.sluice.app.console.GatewayStatus;
import io.sluice.app.console.StartPage;
import io.sluice.app.health.CheckResult;
import io.sluice.app.health.HealthCheck;
import io.sluice.app.health.HealthChecks;
import io.sluice.app.health.HealthConfig;
import io.sluice.app.health.HealthPages;
import io.sluice.app.metrics.BuildInfo;
import io.sluice.app.metrics.MetricsConfig;
import io.sluice.app.metrics.MetricsJson;
import io.sluice.app.metrics.MetricsPage;
import io.sluice.app.metrics.ProcessGauges;
import io.sluice.bus.BusHealth;
import io.sluice.net.loop.Loops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/// The room `app` towards clients: health, metrics and start pages. Checks go on across reloads while their
/// configuration stays the same.
final class PageParts implements AutoCloseable {
    private static final String SERVICE_ID = "sluice";

    private final Shared shared;
    private final IntSupplier connections;
    private final GatewayStatus.Engine engine;
    private final DemoParts demo;
    private final RealtimeParts realtime;
    private final MetricsPage metricsPage;
    private final MetricsPlace metricsPlace;
    private volatile HealthChecks checks;

    private PageParts(
            MetricsConfig metrics,
            Shared shared,
            Loops loops,
            DemoParts demo,
            RealtimeParts realtime,
            IntSupplier connections) {
        this.shared = shared;
        this.realtime = realtime;
        this.connections = connections;
        this.demo = demo;
        this.engine =
                new GatewayStatus.Engine(
                        BuildInfo.version(), loops.transport().label(), loops.count());
        this.metricsPage =
                new MetricsPage(
                        shared.metrics().registry(),
                        new MetricsJson(
                                connections, realtime::users, shared.process(), shared.ticker()));
        this.metricsPlace = new MetricsPlace(metrics, metricsPage);
        this.checks = HealthChecks.start(Map.of(), shared.ticker());
    }

    /// @param metrics decides whether the metrics page has a port of its own, for as long as the process lives
    /// @param connections open client connections
    static PageParts start(
            MetricsConfig metrics,
            Shared shared,
            Loops loops,
            DemoParts demo,
            RealtimeParts realtime,
            IntSupplier connections) {
        PageParts pages = new PageParts(metrics, shared, loops, demo, realtime, connections);
        ProcessGauges.register(shared.metrics().registry(), shared.process(), loops, connections);
        return pages;
    }

    GatewayStatus.Engine engine() {
        return engine;
    }

    MetricsPlace metricsPlace() {
        return metricsPlace;
    }

    /// The pages this configuration wants on the main listeners.
    List<PageRoute> routes(GatewayConfig config) {
        PagesConfig pages = config.pages();
        List<PageRoute> routes = new ArrayList<>();
        if (pages.health().enabled()) {
            addHealth(pages.health(), routes);
        }
        if (metricsPlace.under(pages.metrics()) == MetricsPlace.Where.MAIN_PORT) {
            routes.add(PageRoute.page("metrics", pages.metrics().path(), metricsPage));
        }
        if (pages.console().enabled()) {
            List<String> links = routes.stream().map(PageRoute::path).toList();
            String path = pages.console().path();
            routes.add(PageRoute.page("start-page", path, startPage(config, links)));
        }
        routes.addAll(realtime.routes(config.policy().auth()));
        return routes;
    }

    /// Starts the checks of this configuration where they differ; nobody sees their results yet.
    ///
    /// @throws RuntimeException when one cannot be started
    Prepared prepare(Map<String, HealthCheck> wanted, MetricsConfig metrics) {
        HealthChecks running = checks;
        HealthChecks next =
                running.checks().equals(wanted)
                        ? running
                        : HealthChecks.start(wanted, shared.ticker());
        return new Next(running, next, metrics);
    }

    /// The checks as they are going to be.
    private final class Next implements Prepared {
        private final HealthChecks running;
        private final HealthChecks next;
        private final MetricsConfig metrics;

        Next(HealthChecks running, HealthChecks next, MetricsConfig metrics) {
            this.running = running;
            this.next = next;
            this.metrics = metrics;
        }

        @Override
        public void commit() {
            checks = next;
            metricsPlace.commit(metrics);
            closeUnlessSame(running, next);
        }

        @Override
        public void abandon() {
            closeUnlessSame(next, running);
        }

        @SuppressWarnings("ReferenceEquality") // the very object that goes on must not be closed
        private static void closeUnlessSame(HealthChecks closed, HealthChecks kept) {
            if (closed != kept) {
                closed.close();
            }
        }
    }

    private void addHealth(HealthConfig config, List<PageRoute> routes) {
        HealthPages pages =
                new HealthPages(
                        new HealthPages.Sources(
                                BuildInfo.version(),
                                SERVICE_ID,
                                shared.readiness(),
                                this::results,
                                connections,
                                realtime::users,
                                shared.ticker()));
        routes.add(
                switch (config.format()) {
                    case FULL -> PageRoute.page("health", config.healthPath(), pages.health());
                    case BRIEF ->
                            new PageRoute("health", config.healthPath(), pages.brief(), null, 0);
                });
        routes.add(PageRoute.page("ready", config.readyPath(), pages.ready()));
        routes.add(PageRoute.page("live", config.livePath(), pages.live()));
    }

    /// The configured checks, and the bus while it is cut off.
    private Map<String, CheckResult> results() {
        Map<String, CheckResult> results = checks.results();
        BusHealth.Status bus = realtime.bus().health().status();
        if (bus.state() == BusHealth.State.DEGRADED) {
            Duration since = Duration.between(bus.since(), shared.ticker().now());
            results.put("bus", new CheckResult(CheckResult.Status.DEGRADED, bus.why(), since));
        }
        return results;
    }

    private StartPage startPage(GatewayConfig config, List<String> links) {
        List<GatewayStatus.RouteLine> lines = new ArrayList<>();
        for (RouteRow row : ConfigLoading.rows(config)) {
            lines.add(
                    new GatewayStatus.RouteLine(row.id(), row.path(), methods(row), row.service()));
        }
        return new StartPage(() -> status(lines, links), TryPath.of(config));
    }

    private static String methods(RouteRow row) {
        return row.methods().isEmpty() ? "any" : String.join(" ", row.methods());
    }

    private GatewayStatus status(List<GatewayStatus.RouteLine> lines, List<String> links) {
        return new GatewayStatus(
                shared.readiness().stage().name().toLowerCase(Locale.ROOT),
                shared.process().uptimeSeconds(),
                connections.getAsInt(),
                engine,
                lines,
                demo.lines(),
                links);
    }

    @Override
    public void close() {
        checks.close();
    }
}
