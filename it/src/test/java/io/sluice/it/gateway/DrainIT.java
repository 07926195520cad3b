package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DrainIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aRequestUnderWayIsFinishedAndNewOnesAreNotAccepted() throws Exception {
        try (OriginServer origin = OriginServer.start("slow")) {
            origin.otherwise(
                    OriginHandlers.delayed(Duration.ofSeconds(1), OriginHandlers.echo("slow")));
            RunningGateway gateway = gateways.start(config(origin.port()));
            CompletableFuture<HttpResponse<String>> underWay = async(gateway, "/x");
            await().until(() -> !origin.seen().isEmpty());

            gateway.gateway().drain();

            HttpResponse<String> answer = underWay.get(10, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("slow");
            assertThatThrownBy(() -> gateway.get("/x")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void readySays503DuringThePreStopDelayWhileRequestsAreServed() throws Exception {
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway = gateways.start(config(origin.port()), "preStopDelay=3s");
            assertThat(gateway.get("/ready").statusCode()).isEqualTo(200);

            CompletableFuture<Void> drained = CompletableFuture.runAsync(gateway.gateway()::drain);

            await().untilAsserted(
                            () -> assertThat(gateway.get("/ready").statusCode()).isEqualTo(503));
            assertThat(gateway.get("/health").body()).contains("\"status\":\"draining\"");
            assertThat(gateway.get("/live").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
            gateway.client().shutdownNow();
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatIsStillOpenAfterTheTimeoutIsCut() throws Exception {
        try (OriginServer origin = OriginServer.start("stuck")) {
            origin.otherwise(OriginHandlers.stall());
            RunningGateway gateway = gateways.start(config(origin.port()), "shutdownTimeout=1s");
            CompletableFuture<HttpResponse<String>> underWay = async(gateway, "/x");
            await().until(() -> !origin.seen().isEmpty());

            gateway.gateway().drain();

            assertThatThrownBy(() -> underWay.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(java.io.IOException.class);
        }
    }

    private static CompletableFuture<HttpResponse<String>> async(
            RunningGateway gateway, String target) {
        return gateway.client()
                .sendAsync(
                        HttpRequest.newBuilder(gateway.uri(target)).build(),
                        BodyHandlers.ofString());
    }

    private static String config(int port) {
        return """
        gateway:
          health: {enabled: true}
          registry:
            static:
              services:
                - name: s
                  instances: [{address: 127.0.0.1, port: %d}]
          router:
            rules:
              - {id: r, path: /x, serviceName: s}
        """
                .formatted(port);
    }
}
