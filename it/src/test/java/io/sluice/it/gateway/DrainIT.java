package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginHandler;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DrainIT {
    private static final Duration SOON = Duration.ofSeconds(30);

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

            HttpResponse<String> answer = underWay.get(30, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("slow");
            assertThatThrownBy(() -> gateway.get("/x")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void readySays503DuringThePreStopDelayWhileRequestsAreServed() throws Exception {
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway = gateways.start(config(origin.port()), "preStopDelay=6s");
            assertThat(gateway.get("/ready").statusCode()).isEqualTo(200);

            CompletableFuture<Void> drained = CompletableFuture.runAsync(gateway.gateway()::drain);

            await().untilAsserted(
                            () -> assertThat(gateway.get("/ready").statusCode()).isEqualTo(503));
            assertThat(gateway.get("/health").body()).contains("\"status\":\"draining\"");
            assertThat(gateway.get("/live").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/x").statusCode()).isEqualTo(200);
            gateway.client().shutdownNow();
            drained.get(30, TimeUnit.SECONDS);
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

            assertThatThrownBy(() -> underWay.get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void http2ClientsHearGoAwayFirstAndTheirStreamsFinish() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (OriginServer origin = OriginServer.start("slow")) {
            origin.otherwise((request, reply) -> {
                awaitQuietly(release);
                OriginHandlers.json(200, "{}").handle(request, reply);
            });
            RunningGateway gateway = gateways.start(config(origin.port()));
            try (RawHttp2 client = new RawHttp2(gateway.port())) {
                client.settings().headers(1, RawHttp2.get("/x")).send();
                await().until(() -> !origin.seen().isEmpty());

                CompletableFuture<Void> drained =
                        CompletableFuture.runAsync(gateway.gateway()::drain);

                Frame goAway = client.await(RawHttp2.GOAWAY);
                assertThat(goAway.number(4)).as("error code").isZero();
                assertThat(drained).isNotDone();
                release.countDown();
                Frame head = client.await(RawHttp2.HEADERS);
                assertThat(head.stream()).isEqualTo(1);
                assertThat(client.decode(head)).containsEntry(":status", "200");
                Frame data = client.await(RawHttp2.DATA);
                assertThat(data.text()).isEqualTo("{}");
                assertThat(data.endsStream()).isTrue();
                drained.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aDownloadUnderWayIsFinishedAndItsConnectionDoesNotHoldTheDrain() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (OriginServer origin = OriginServer.start("download")) {
            origin.otherwise(halves(release));
            RunningGateway gateway = gateways.start(config(origin.port()));
            try (RawClient client = RawClient.connect(gateway.port())) {
                RawResponse head = client.request("GET /x HTTP/1.1").head();
                assertThat(head.header("Connection")).isNull();
                InputStream body = client.body(head);
                assertThat(body.readNBytes(5)).hasSize(5);

                CompletableFuture<Void> drained = drain(gateway);
                release.countDown();

                assertThat(body.readAllBytes()).hasSize(5);
                drained.get(30, TimeUnit.SECONDS);
                assertThat(client.closedWithin(SOON)).isTrue();
            }
        }
    }

    @Test
    void aDownloadOverHttp2IsFinishedAndItsConnectionDoesNotHoldTheDrain() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (OriginServer origin = OriginServer.start("download")) {
            origin.otherwise(halves(release));
            RunningGateway gateway = gateways.start(config(origin.port()));
            try (RawHttp2 client = new RawHttp2(gateway.port())) {
                client.settings().headers(1, RawHttp2.get("/x")).send();
                StringBuilder body = new StringBuilder(client.await(RawHttp2.DATA).text());

                CompletableFuture<Void> drained = drain(gateway);
                assertThat(client.await(RawHttp2.GOAWAY).number(4)).isZero();
                release.countDown();

                Frame data = client.await(RawHttp2.DATA);
                while (!data.endsStream()) {
                    body.append(data.text());
                    data = client.await(RawHttp2.DATA);
                }
                assertThat(body.append(data.text()).toString()).isEqualTo("0123456789");
                drained.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void aConnectionThatHasNotFinishedItsTlsHandshakeDoesNotHoldTheDrain(@TempDir Path folder)
            throws Exception {
        TestCertificates.PemFiles files =
                TestCertificates.authority("test").server("a.test").writeTo(folder, "server");
        RunningGateway gateway =
                gateways.start(
                        config(1),
                        "frontend.http.tls.enabled=true",
                        "frontend.http.tls.certFile=" + files.certificate(),
                        "frontend.http.tls.keyFile=" + files.key(),
                        "frontend.http.tls.handshakeTimeout=10m");
        isClosedAtOnce(gateway, new byte[] {22, 3, 1});
    }

    @Test
    void aConnectionThatHasNotFinishedItsProxyHeaderDoesNotHoldTheDrain() throws Exception {
        for (String begun : new String[] {"PRO", "PROXY TCP4 192.0.2.1 "}) {
            RunningGateway gateway =
                    gateways.start(
                            config(1),
                            "frontend.http.proxyProtocol=required",
                            "frontend.http.headerTimeout=10m");
            isClosedAtOnce(gateway, begun.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void isClosedAtOnce(RunningGateway gateway, byte[] begun) throws Exception {
        try (RawClient client = RawClient.connect(gateway.port()).send(begun)) {
            CompletableFuture<Void> drained = drain(gateway);
            assertThat(client.closedWithin(SOON)).isTrue();
            drained.get(30, TimeUnit.SECONDS);
        }
    }

    /// Returns once nothing new is accepted.
    private static CompletableFuture<Void> drain(RunningGateway gateway) {
        CompletableFuture<Void> drained = CompletableFuture.runAsync(gateway.gateway()::drain);
        await().until(() -> !accepts(gateway.port()));
        return drained;
    }

    private static boolean accepts(int port) {
        try (RawClient client = RawClient.connect(port)) {
            return client.localPort() > 0;
        } catch (UncheckedIOException refused) {
            return false;
        }
    }

    /// Ten bytes, the second half of them when released.
    private static OriginHandler halves(CountDownLatch release) {
        return (request, reply) -> {
            reply.begin(200, "Content-Length: 10");
            reply.raw("01234".getBytes(StandardCharsets.US_ASCII));
            awaitQuietly(release);
            reply.raw("56789".getBytes(StandardCharsets.US_ASCII));
            reply.complete();
        };
    }

    private static void awaitQuietly(CountDownLatch release) throws IOException {
        try {
            if (!release.await(30, TimeUnit.SECONDS)) {
                throw new IOException("never released");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
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
