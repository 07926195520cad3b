package io.sluice.app.wiring;

import io.sluice.app.console.GatewayStatus;
import io.sluice.app.metrics.ProcessStats;
import io.sluice.app.wiring.Listeners.ListenAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the log says once the gateway is ready.
final class StartLines {
    private static final Logger LOG = LoggerFactory.getLogger(StartLines.class);
    private static final int MOST_ROUTES = 20;

    private StartLines() {}

    static void print(
            GatewayConfig config,
            GatewayStatus.Engine engine,
            List<ListenAddress> addresses,
            ProcessStats process) {
        List<RouteRow> rows = ConfigLoading.rows(config);
        for (RouteRow row : rows.subList(0, Math.min(rows.size(), MOST_ROUTES))) {
            LOG.atInfo()
                    .addKeyValue("id", row.id())
                    .addKeyValue("path", row.path())
                    .addKeyValue("service", row.service())
                    .log("Route");
        }
        if (rows.size() > MOST_ROUTES) {
            LOG.atInfo()
                    .addKeyValue("more", rows.size() - MOST_ROUTES)
                    .log("More routes: see sluice routes");
        }
        LOG.atInfo()
                .addKeyValue("version", engine.version())
                .addKeyValue("transport", engine.transport())
                .addKeyValue("loops", engine.loops())
                .addKeyValue("addresses", text(addresses))
                .addKeyValue("routes", rows.size())
                .addKeyValue("millis", Math.round(process.uptimeSeconds() * 1000))
                .log("Sluice is ready");
    }

    private static String text(List<ListenAddress> addresses) {
        return addresses.stream().map(ListenAddress::toString).collect(Collectors.joining(" "));
    }
}
