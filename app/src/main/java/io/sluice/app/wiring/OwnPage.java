package io.sluice.app.wiring;

import io.sluice.app.health.HealthConfig;
import io.sluice.app.metrics.MetricsConfig;
import java.util.ArrayList;
import java.util.List;

/// A page of the gateway itself, as the configuration says it, before anything is started.
///
/// @param key what sets its path
record OwnPage(String id, String path, String key) {

    /// Every page this configuration wants on the main listeners.
    static List<OwnPage> of(GatewayConfig config) {
        List<OwnPage> pages = new ArrayList<>();
        HealthConfig health = config.pages().health();
        if (health.enabled()) {
            pages.add(new OwnPage("health", health.healthPath(), "health.healthPath"));
            pages.add(new OwnPage("ready", health.readyPath(), "health.readyPath"));
            pages.add(new OwnPage("live", health.livePath(), "health.livePath"));
        }
        MetricsConfig metrics = config.pages().metrics();
        if (metrics.enabled() && metrics.port() == 0) {
            pages.add(new OwnPage("metrics", metrics.path(), "metrics.path"));
        }
        if (config.pages().console().enabled()) {
            pages.add(new OwnPage("start-page", config.pages().console().path(), "console.path"));
        }
        for (RouteRow row : RealtimeParts.rows(config.messages().realtime())) {
            pages.add(new OwnPage(row.id(), row.path(), "realtime"));
        }
        return pages;
    }
}
