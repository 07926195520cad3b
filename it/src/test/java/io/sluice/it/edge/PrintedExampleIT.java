package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.app.wiring.StartOptions;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The example users of the gateway before this one know.
class PrintedExampleIT {
    private static final String EXAMPLE =
            """
            gateway:
              frontend:
                http:
                  host: "0.0.0.0"
                  port: 8080
                  readTimeout: 30
                  writeTimeout: 30

              registry:
                type: static
                static:
                  services:
                    - name: example-service
                      instances:
                        - id: example-1
                          address: "127.0.0.1"
                          port: 3000
                          health: healthy

              router:
                rules:
                  - id: example-route
                    path: /api/example/*
                    serviceName: example-service
                    loadBalance: round_robin
                    timeout: 10  # Per-route timeout in seconds
            """;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void itIsTakenAsItIsWithoutAnyComplaint() {
        ConfigLoading.Outcome outcome =
                ConfigLoading.load(new StartOptions(gateways.file(EXAMPLE).toString(), List.of()));

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.routes())
                .singleElement()
                .satisfies(row -> assertThat(row.id()).isEqualTo("example-route"));
        RunningGateway gateway = gateways.start(EXAMPLE);
        assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(404);
    }

    @Test
    void itServesOnceItsServiceListens() {
        try (OriginServer origin = OriginServer.start("example-1")) {
            RunningGateway gateway =
                    gateways.start(EXAMPLE.replace("port: 3000", "port: " + origin.port()));

            assertThat(gateway.get("/api/example/x").body()).contains("\"name\":\"example-1\"");
            assertThat(gateway.get("/api/example").statusCode()).isEqualTo(200);
        }
    }
}
