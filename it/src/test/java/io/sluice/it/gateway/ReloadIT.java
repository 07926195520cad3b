package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReloadIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aChangedFileIsInForceWithoutTouchingConnections() {
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway = gateways.start(config("/old/*", origin.port()));
            assertThat(gateway.get("/old/x").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/new/x").statusCode()).isEqualTo(404);

            gateway.rewrite(config("/new/*", origin.port()));

            await().untilAsserted(
                            () -> assertThat(gateway.get("/new/x").statusCode()).isEqualTo(200));
            assertThat(gateway.get("/old/x").statusCode()).isEqualTo(404);
            assertThat(reloads(gateway, "success")).isEqualTo("1.0");
            assertThat(gateway.get("/metrics").body()).contains("gateway_connections_open 1.0");
            assertThat(origin.counts().connections()).isEqualTo(1);
        }
    }

    @Test
    void aBrokenFileIsRefusedAndTheOldOneServesOn() {
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway = gateways.start(config("/old/*", origin.port()));

            gateway.rewrite("gateway:\n  router:\n    rules: [{paht: /x}]\n");

            await().untilAsserted(() -> assertThat(reloads(gateway, "failure")).isEqualTo("1.0"));
            assertThat(gateway.get("/old/x").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFileThatCannotBeAppliedChangesNothing() {
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway = gateways.start(config("/old/*", origin.port()));
            gateway.rewrite(
                    config("/old/*", origin.port())
                            .replace("serviceName: s", "serviceName: missing"));

            assertThat(gateway.gateway().reload()).isFalse();
            assertThat(gateway.get("/old/x").statusCode()).isEqualTo(200);
        }
    }

    private static String reloads(RunningGateway gateway, String result) {
        String line = "gateway_config_reloads_total{result=\"" + result + "\"} ";
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(text -> text.startsWith(line))
                .map(text -> text.substring(line.length()))
                .findFirst()
                .orElse("none");
    }

    private static String config(String path, int port) {
        return """
        gateway:
          metrics: {enabled: true}
          registry:
            static:
              services:
                - name: s
                  instances: [{address: 127.0.0.1, port: %d}]
          router:
            rules:
              - {id: r, path: %s, serviceName: s}
        """
                .formatted(port, path);
    }
}
