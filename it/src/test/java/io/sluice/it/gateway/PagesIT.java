package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.OriginServer;
import java.net.URI;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PagesIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aRuleWithThePathOfAPageWins() {
        try (OriginServer origin = OriginServer.start("mine")) {
            RunningGateway gateway =
                    gateways.start(
                            """
                            gateway:
                              health: {enabled: true, livePath: /alive}
                              registry:
                                static:
                                  services:
                                    - {name: s, instances: [{address: 127.0.0.1, port: %d}]}
                              router:
                                rules:
                                  - {id: r, path: /health, serviceName: s}
                            """
                                    .formatted(origin.port()));

            assertThat(gateway.get("/health").body()).contains("mine");
            assertThat(gateway.get("/alive").body()).contains("\"status\":\"ok\"");
            assertThat(gateway.get("/live").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aFailingCheckTurnsHealthInto503() {
        try (FreePorts ports = new FreePorts()) {
            RunningGateway gateway =
                    gateways.start(
                            """
                            gateway:
                              health:
                                enabled: true
                                checks:
                                  db: {type: tcp, config: {address: "127.0.0.1:%d"}}
                            """
                                    .formatted(ports.next()));

            await().untilAsserted(
                            () -> assertThat(gateway.get("/health").statusCode()).isEqualTo(503));
            assertThat(gateway.get("/health").body())
                    .contains("\"ok\":false", "\"db\":{\"status\":\"unhealthy\"");
            assertThat(gateway.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsMayHaveAPortOfTheirOwn() {
        try (FreePorts ports = new FreePorts()) {
            int port = ports.next();
            RunningGateway gateway =
                    gateways.start("gateway: {metrics: {enabled: true, port: %d}}".formatted(port));
            URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");

            assertThat(gateway.send(HttpRequest.newBuilder(metrics).build()).body())
                    .contains("gateway_info{");
            assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);
        }
    }
}
