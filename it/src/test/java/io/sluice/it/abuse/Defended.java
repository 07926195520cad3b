package io.sluice.it.abuse;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;

/// A gateway in front of one origin, and the figures an attack may or may not move.
final class Defended implements AutoCloseable {
    private final OriginServer origin = OriginServer.start("origin");
    private final RunningGateway gateway;

    private Defended(GatewayExtension gateways, String rules, String... settings) {
        String yaml =
                """
                gateway:
                  metrics: {enabled: true}
                  registry:
                    static:
                      services:
                        - name: s
                          instances: [{id: one, address: 127.0.0.1, port: %d}]
                  router:
                    rules:
                """
                        .formatted(origin.port());
        gateway = gateways.start(yaml + rules.indent(6), settings);
    }

    /// One rule for every path.
    ///
    /// @param settings `key=value` on top
    static Defended start(GatewayExtension gateways, String... settings) {
        return withRules(gateways, "- {id: all, path: /*, serviceName: s}", settings);
    }

    /// @param rules items of `router.rules`, all for the service `s`; further keys of the file may follow without indent
    static Defended withRules(GatewayExtension gateways, String rules, String... settings) {
        return new Defended(gateways, rules, settings);
    }

    OriginServer origin() {
        return origin;
    }

    RunningGateway gateway() {
        return gateway;
    }

    int port() {
        return gateway.port();
    }

    RawClient connect() {
        return RawClient.connect(gateway.port());
    }

    /// Value of one series of the metrics page, 0 when it is not there.
    ///
    /// @param series name and labels as they stand on the page
    double metric(String series) {
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .sum();
    }

    /// Input refused for this reason so far.
    long refusals(String reason) {
        return (long) metric("gateway_refusals_total{reason=\"" + reason + "\"}");
    }

    /// Open client connections, without the one that asks.
    int connections() {
        return (int) metric("gateway_connections_open") - 1;
    }

    @Override
    public void close() {
        origin.close();
    }
}
