package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.TestCertificates;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that take their time (R07, R14): each ends when its clock says so, and nobody else notices. The clocks are
/// short here; what they are by default is told by the settings.
@Timeout(180)
class SlowClientsIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private Defended start() {
        return Defended.start(
                gateways,
                "frontend.http.headerTimeout=1s",
                "frontend.http.readTimeout=1s",
                "frontend.http.idleTimeout=3s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /slow-request-line-that-never-comes-to-its-end",
                "GET / HTTP/1.1\r\nHost: a\r\nX-Slow: and-so-on-and-so-on-and-so-on"
            })
    void aHeadThatDribblesIsRefusedInTime(String text) {
        try (Defended target = start();
                RawClient client = target.connect()) {
            int half = text.length() / 3;
            client.send(text.substring(0, half));
            String rest = text.substring(half).repeat(4);
            AtomicBoolean over = new AtomicBoolean();
            Thread sender = Thread.ofVirtual().start(() -> send(client, rest, over));
            String answer = client.patience(SOON).untilClosed();
            over.set(true);
            sender.interrupt();
            assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 408 ")).as(answer).isTrue();
            assertThat(target.origin().counts().connections()).isZero();
        }
    }

    @Test
    void aPrefaceThatDribblesOrIsFollowedByNothingIsClosedInTime() {
        String preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        try (Defended target = start();
                RawClient whole = target.connect();
                RawClient part = target.connect()) {
            whole.send(preface);
            part.send(preface.substring(0, 3));
            AtomicBoolean over = new AtomicBoolean();
            Thread.ofVirtual().start(() -> send(part, preface.substring(3, 20), over));
            assertThat(part.patience(SOON).untilClosed()).isEmpty();
            assertThat(whole.patience(SOON).untilClosed()).doesNotContain("HTTP/1.1");
            over.set(true);
        }
    }

    @Test
    void aHeadThatBeginsLikeAPrefaceHasNoMoreTimeThanOthers() throws InterruptedException {
        try (Defended target = Defended.start(gateways, "frontend.http.headerTimeout=8s");
                RawClient client = target.connect()) {
            long begin = System.nanoTime();
            client.send("P");
            Thread.sleep(4_000);
            client.send("OST /x HTTP/1.1\r\n");

            assertThat(client.patience(SOON).untilClosed()).startsWith("HTTP/1.1 408 ");
            // A clock that began anew would end 12 s after the first byte.
            assertThat(System.nanoTime() - begin).isBetween(7_500_000_000L, 11_500_000_000L);
        }
    }

    private static void send(RawClient client, String text, AtomicBoolean over) {
        try {
            for (int i = 0; i < text.length() && !over.get(); i++) {
                client.send(text.substring(i, i + 1));
                Thread.sleep(50);
            }
        } catch (UncheckedIOException | InterruptedException ended) {
            over.set(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
    void aBodyThatDribblesIsRefusedAndTheCallIsCancelled(String framing) {
        try (Defended target = start();
                RawClient client = target.connect()) {
            client.request("POST /x HTTP/1.1", framing);
            String piece = framing.startsWith("C") ? "y" : "1\r\ny\r\n";
            AtomicBoolean over = new AtomicBoolean();
            Thread.ofVirtual()
                    .start(() -> {
                        while (!over.get()) {
                            send(client, piece, over);
                        }
                    });
            String answer = client.patience(SOON).untilClosed();
            over.set(true);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("Connection: close");
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().cancelled()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length: 100000", "x-length: unknown"})
    void aBodyThatDribblesOverHttp2IsRefusedAndTheCallIsCancelled(String length) throws Exception {
        try (Defended target = start();
                RawHttp2 client = new RawHttp2(target.port())) {
            client.settings()
                    .openHeaders(1, RawHttp2.request("POST", "/x", length.split(": ", 2)))
                    .frame(RawHttp2.DATA, 0, 1, new byte[3])
                    .send();

            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "408");
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().cancelled()).isEqualTo(1));
        }
    }

    @Test
    void aCallOfGrpcMayWaitForItsNextMessage() throws Exception {
        try (Defended target = start();
                RawHttp2 client = new RawHttp2(target.port())) {
            client.settings()
                    .openHeaders(
                            1,
                            RawHttp2.request(
                                    "POST", "/x", "content-type", "application/grpc+proto"))
                    .frame(RawHttp2.DATA, 0, 1, new byte[3])
                    .send();
            await().until(() -> target.origin().counts().requests() == 1);
            await().during(Duration.ofMillis(2_500))
                    .until(() -> target.origin().counts().cancelled() == 0);

            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[4]).send();

            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "200");
        }
    }

    @Test
    void aBodyNobodyWantsMayNotHoldItsConnectionOpen() {
        try (Defended target = start();
                RawClient client = target.connect()) {
            target.origin()
                    .on(
                            "/early",
                            (request, reply) -> {
                                reply.json(200, "{}");
                                reply.closeSilentlyAfterwards();
                            });
            client.request("POST /early HTTP/1.1", "Content-Length: 100000");
            assertThat(client.head().status()).isEqualTo(200);
            assertThat(client.patience(SOON).untilClosed()).isNotNull();
        }
        try (Defended target = start();
                RawClient client = target.connect()) {
            client.request("GET /metrics HTTP/1.1", "Content-Length: 100000");
            assertThat(client.response().status()).isEqualTo(200);
            assertThat(client.closedWithin(SOON)).isTrue();
        }
    }

    @Test
    void aConnectionThatSaysNothingIsClosed() {
        try (Defended target = start();
                RawClient client = target.connect()) {
            assertThat(client.closedWithin(SOON)).isTrue();
            try (RawClient second = target.connect()) {
                assertThat(second.request("GET /x HTTP/1.1").response().status()).isEqualTo(200);
                assertThat(second.closedWithin(SOON)).isTrue();
            }
        }
    }

    @Test
    void twoHundredSlowClientsDoNotDisturbTheOthers() throws Exception {
        try (Defended target =
                Defended.start(gateways, "frontend.http.headerTimeout=3s", "loops=2")) {
            int before = target.connections();
            List<RawClient> slow = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                slow.add(target.connect().send("GET /x HTTP/1.1\r\nHost: a\r\nX-"));
            }
            AtomicBoolean over = new AtomicBoolean();
            Thread dribbling = Thread.ofVirtual().start(() -> dribbleAll(slow, over));
            int served = 0;
            for (int i = 0; i < 100; i++) {
                served += target.gateway().get("/probe").statusCode() == 200 ? 1 : 0;
            }
            assertThat(served).isGreaterThanOrEqualTo(99);
            await().untilAsserted(
                            () -> assertThat(target.connections()).isLessThanOrEqualTo(before + 2));
            over.set(true);
            dribbling.join();
            slow.forEach(RawClient::close);
            await().untilAsserted(
                            () -> assertThat(target.refusals("client_timeout")).isEqualTo(200));
            assertThat(target.origin().counts().requests()).isEqualTo(100);
        }
    }

    private static void dribbleAll(List<RawClient> slow, AtomicBoolean over) {
        while (!over.get()) {
            for (RawClient client : slow) {
                try {
                    client.send("a");
                } catch (UncheckedIOException refused) {
                    // Refused by now, as it should be.
                }
            }
        }
    }

    @Test
    void aHandshakeThatStallsOrAnnouncesTooMuchIsClosed(@TempDir Path folder) {
        TestCertificates.PemFiles files =
                TestCertificates.authority("test").server("a.test").writeTo(folder, "server");
        try (Defended target =
                Defended.start(
                        gateways,
                        "frontend.http.tls.enabled=true",
                        "frontend.http.tls.certFile=" + files.certificate(),
                        "frontend.http.tls.keyFile=" + files.key(),
                        "frontend.http.tls.handshakeTimeout=1s")) {
            byte[] hello = {22, 3, 1, 0x40, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 3, 3};
            try (RawClient silent = target.connect();
                    RawClient half = target.connect();
                    RawClient huge = target.connect()) {
                half.send(new byte[] {22, 3, 1, 0, 100, 1, 0, 0});
                huge.send(hello);
                assertThat(huge.patience(SOON).untilClosed().length()).isLessThan(100);
                assertThat(silent.closedWithin(SOON)).isTrue();
                assertThat(half.closedWithin(SOON)).isTrue();
            }
        }
    }
}
