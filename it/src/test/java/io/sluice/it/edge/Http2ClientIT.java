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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The JDK's HTTP/2 client over TLS, with a service that speaks HTTP/1.1.
class Http2ClientIT {
    private static final int LARGE = 3_000_000;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    private final OriginServer origin = OriginServer.start("one");
    private final TestCertificates authority = TestCertificates.authority("authority");
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(authority.context(null))
                    .build();
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        PemFiles files = authority.server("localhost").writeTo(folder, "server");
        gateway =
                gateways.start(
                        GatewayText.of(origin).text(),
                        "frontend.http.tls.enabled=true",
                        "frontend.http.tls.certFile=" + files.certificate(),
                        "frontend.http.tls.keyFile=" + files.key());
    }

    @AfterEach
    void close() {
        client.shutdownNow();
        origin.close();
    }

    @Test
    void requestsPassOverTlsAndTheServiceSeesWhatItWouldSeeOtherwise() throws Exception {
        HttpResponse<String> answer = client.send(get("/x?a=%201"), BodyHandlers.ofString());

        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-request-id")).isPresent();
        assertThat(origin.seen())
                .singleElement()
                .satisfies(seen -> {
                    assertThat(seen.version()).isEqualTo("HTTP/1.1");
                    assertThat(seen.target()).isEqualTo("/x?a=%201");
                    assertThat(seen.headers().all("Host"))
                            .containsExactly("localhost:" + gateway.port());
                    assertThat(seen.headers().all("X-Forwarded-Proto")).containsExactly("https");
                });
    }

    @Test
    void manyRequestsShareOneConnection() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        assertThat(client.send(get("/0"), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        for (int i = 0; i < 200; i++) {
            answers.add(client.sendAsync(get("/" + i), BodyHandlers.ofString()));
            if (i % 50 == 49) {
                answers.getLast().get(30, TimeUnit.SECONDS);
            }
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void bodiesPassBothWaysWhateverTheirFraming() throws Exception {
        byte[] body = new byte[LARGE];
        for (HttpRequest.BodyPublisher publisher :
                List.of(
                        BodyPublishers.ofByteArray(body),
                        BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body)))) {
            HttpRequest put = request("/up").PUT(publisher).build();
            assertThat(client.send(put, BodyHandlers.ofString()).body())
                    .contains("\"bodySize\":" + LARGE);
        }
        origin.on("/sized", OriginHandlers.sized(LARGE));
        origin.on("/chunks", OriginHandlers.chunks(LARGE / 1000, 1000, Duration.ZERO));
        assertThat(client.send(get("/sized"), BodyHandlers.ofByteArray()).body()).hasSize(LARGE);
        assertThat(client.send(get("/chunks"), BodyHandlers.ofByteArray()).body()).hasSize(LARGE);
    }

    @Test
    void theGatewaysOwnErrorsAreTheSame() throws Exception {
        origin.otherwise(OriginHandlers.closeBeforeReply());

        HttpResponse<String> answer =
                client.send(
                        request("/x").POST(BodyPublishers.ofString("x")).build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("\"error\":\"bad_gateway\"");
    }

    @Test
    void aCancelledRequestCancelsTheCallAndLeavesTheConnection() throws Exception {
        assertThat(client.send(get("/x"), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        origin.on("/stall", OriginHandlers.stall());
        CompletableFuture<HttpResponse<String>> stalled =
                client.sendAsync(get("/stall"), BodyHandlers.ofString());
        await().until(() -> origin.counts().openRequests() == 1);

        stalled.cancel(true);

        await().until(() -> origin.counts().cancelled() == 1);
        assertThat(client.send(get("/x"), BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private HttpRequest get(String target) {
        return request(target).build();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + target))
                .timeout(Duration.ofSeconds(20));
    }
}
