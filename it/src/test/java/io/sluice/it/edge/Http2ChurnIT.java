package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.TestCertificates;
import io.sluice.testkit.TestCertificates.PemFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A client that changes its mind all the time, on one HTTP/2 connection.
class Http2ChurnIT {
    private static final int ROUNDS = 60;
    private static final int AT_ONCE = 20;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    private final OriginServer origin =
            OriginServer.start("one")
                    .on("/large", OriginHandlers.sized(300_000))
                    .on("/chunks", OriginHandlers.chunks(30, 3000, Duration.ofMillis(1)))
                    .on("/broken", OriginHandlers.resetMidBody(1000, 10))
                    .on(
                            "/slow",
                            OriginHandlers.delayed(
                                    Duration.ofMillis(50), OriginHandlers.echo("one")))
                    .requestsPerConnection(7);
    private final TestCertificates authority = TestCertificates.authority("authority");
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(authority.context(null))
                    .build();

    @AfterEach
    void close() {
        client.shutdownNow();
        origin.close();
    }

    @Test
    void cancelledStreamsLeaveNothingBehind() throws Exception {
        PemFiles files = authority.server("localhost").writeTo(folder, "server");
        RunningGateway gateway =
                gateways.start(
                        GatewayText.of(origin).section("metrics: {enabled: true}").text(),
                        "frontend.http.tls.enabled=true",
                        "frontend.http.tls.certFile=" + files.certificate(),
                        "frontend.http.tls.keyFile=" + files.key());
        SplittableRandom random = new SplittableRandom(1);

        for (int round = 0; round < ROUNDS; round++) {
            List<CompletableFuture<HttpResponse<byte[]>>> calls = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                calls.add(client.sendAsync(any(gateway, random), BodyHandlers.ofByteArray()));
            }
            for (CompletableFuture<HttpResponse<byte[]>> call : calls) {
                if (random.nextInt(3) == 0) {
                    call.cancel(true);
                }
            }
            for (CompletableFuture<HttpResponse<byte[]>> call : calls) {
                call.handle((answer, error) -> 0).get(30, TimeUnit.SECONDS);
            }
        }

        await().untilAsserted(() -> {
            assertThat(origin.counts().openRequests()).isZero();
            String metrics =
                    client.send(
                                    HttpRequest.newBuilder(uri(gateway, "/metrics")).build(),
                                    BodyHandlers.ofString())
                            .body();
            assertThat(metrics).contains("gateway_http_requests_active 1.0");
            assertThat(metrics.lines())
                    .filteredOn(line -> line.startsWith("gateway_backend_requests_active{"))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith(" 0.0"));
        });
    }

    private static HttpRequest any(RunningGateway gateway, SplittableRandom random) {
        List<String> paths = List.of("/x", "/large", "/chunks", "/broken", "/slow");
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(gateway, paths.get(random.nextInt(paths.size()))));
        return random.nextBoolean()
                ? request.build()
                : request.PUT(BodyPublishers.ofByteArray(new byte[random.nextInt(200_000)]))
                        .build();
    }

    private static URI uri(RunningGateway gateway, String target) {
        return URI.create("https://localhost:" + gateway.port() + target);
    }
}
