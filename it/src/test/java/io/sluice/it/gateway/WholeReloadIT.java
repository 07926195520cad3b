package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A reload whose very last rule has a filter that cannot be made: everything before it was prepared by then.
class WholeReloadIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer one = OriginServer.start("one");
    private final OriginServer two = OriginServer.start("two");

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void membersServicesAndRoutesStayAsTheyWere() {
        RunningGateway gateway = gateways.start(config(one, "", "/old/*", ""));
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(200);
        List<String> before = services(gateway);

        gateway.rewrite(broken(config(two, "", "/new/*", "")));
        assertThat(gateway.gateway().reload()).isFalse();

        assertThat(gateway.get("/old/x").body()).contains("\"one\"");
        assertThat(gateway.get("/new/x").statusCode()).isEqualTo(404);
        assertThat(services(gateway)).isEqualTo(before);
        assertThat(one.counts().connections()).isEqualTo(1);
        assertThat(two.counts().connections()).isZero();
    }

    @Test
    void poolLimitsStayAsTheyWere() {
        CyclicBarrier together = new CyclicBarrier(2);
        one.on(
                "/old/x",
                (request, reply) -> {
                    meet(together);
                    OriginHandlers.json(200, "{}").handle(request, reply);
                });
        RunningGateway gateway = gateways.start(config(one, "", "/old/*", ""));

        gateway.rewrite(broken(config(one, "maxConnsPerHost: 1", "/old/*", "")));
        assertThat(gateway.gateway().reload()).isFalse();

        HttpRequest request = HttpRequest.newBuilder(gateway.uri("/old/x")).build();
        List<CompletableFuture<HttpResponse<String>>> both =
                Stream.of(request, request)
                        .map(each -> gateway.client().sendAsync(each, BodyHandlers.ofString()))
                        .toList();
        assertThat(both)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void nobodyGetsNewTokens() {
        RunningGateway gateway =
                gateways.start(config(one, "", "/old/*", "rateLimit: 0.001, rateLimitBurst: 2"));
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(429);
        String same = config(one, "", "/old/*", "rateLimit: 0.001, rateLimitBurst: 2");

        gateway.rewrite(broken(config(one, "", "/old/*", "rateLimit: 0.002, rateLimitBurst: 9")));
        assertThat(gateway.gateway().reload()).isFalse();
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(429);

        gateway.rewrite(same);
        assertThat(gateway.gateway().reload()).isTrue();
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(429);
    }

    @Test
    void aReloadThatWorksAfterwardsIsTakenWhole() {
        RunningGateway gateway = gateways.start(config(one, "", "/old/*", ""));
        gateway.rewrite(broken(config(two, "", "/new/*", "")));
        assertThat(gateway.gateway().reload()).isFalse();

        gateway.rewrite(config(two, "", "/new/*", ""));
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(gateway.get("/new/x").body()).contains("\"two\"");
        assertThat(gateway.get("/old/x").statusCode()).isEqualTo(404);
    }

    private static void meet(CyclicBarrier together) throws IOException {
        try {
            together.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (BrokenBarrierException | TimeoutException alone) {
            throw new IOException(alone);
        }
    }

    private static List<String> services(RunningGateway gateway) {
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("gateway_service_instances"))
                .toList();
    }

    /// With another service, a breaker, and a last rule whose filter cannot be made.
    private static String broken(String config) {
        return config.replace(
                        "services:",
                        "services:\n        - {name: t, instances: [{address: 127.0.0.1, port: 1}]}")
                + "      - {id: last, path: /last, serviceName: t, filters: {stamp: {text: x, fail: too late}}}\n"
                + "  circuitBreaker: {enabled: true}\n";
    }

    private static String config(OriginServer origin, String pool, String path, String limits) {
        return """
        gateway:
          metrics: {enabled: true}
          backend: {http: {%s}}
          registry:
            static:
              services:
                - {name: s, instances: [{id: i, address: 127.0.0.1, port: %d}]}
          router:
            rules:
              - {id: r, path: %s, serviceName: s%s}
        """
                .formatted(pool, origin.port(), path, limits.isEmpty() ? "" : ", " + limits);
    }
}
