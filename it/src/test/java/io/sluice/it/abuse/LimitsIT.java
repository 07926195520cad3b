package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.OriginRequest;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Input without end (R05, R06, R08): the connection ends after little of it, whatever the client still has to say.
@Timeout(180)
class LimitsIT {
    private static final int KIBIBYTE = 1024;
    private static final int MUCH = 40 * KIBIBYTE * KIBIBYTE;

    /// What a gateway may read of input it has refused, and what the sockets of both sides may hold.
    private static final int SWALLOWED = 16 * KIBIBYTE * KIBIBYTE;

    private static final String CHUNKED =
            "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @ParameterizedTest
    @CsvSource({
        "400, '', '\r\n'",
        "400, '', '\n'",
        "400, '', '\u0000\u0001\u0002\u0003 junk'",
        "400, '', 'GETGET'",
        "414, 'GET /', 'a'",
        "414, 'GET /?', 'a=b&'",
        "431, 'GET /x HTTP/1.1\r\nHost: a\r\n', 'X-A: b\r\n'",
        "431, 'GET /x HTTP/1.1\r\nHost: a\r\nX-A: ', 'b'",
        "431, 'GET /x HTTP/1.1\r\nHost: a\r\nX-', 'a'"
    })
    void endlessHeadsAreRefusedEarly(int status, String start, String more) {
        try (Defended target = Defended.start(gateways)) {
            refusedEarly(target, status, start, more);
            assertThat(target.origin().counts().connections()).isZero();
        }
    }

    @Test
    void linesOf20000BytesAreRefusedEarly() {
        try (Defended target = Defended.start(gateways)) {
            String line = "X-Long: " + "y".repeat(20_000) + "\r\n";
            refusedEarly(target, 431, "GET /x HTTP/1.1\r\nHost: a\r\n", line);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, '1;', 'e'",
        "400, '', '1;eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\r\na\r\n'",
        "400, '0', '0'",
        "431, '0\r\n', 'X-Trailer: y\r\n'",
        "431, '0\r\nX-Trailer: ', 'y'"
    })
    void endlessChunkLinesAndTrailersAreRefusedEarly(int status, String start, String more) {
        try (Defended target = Defended.start(gateways)) {
            refusedEarly(target, status, CHUNKED + start, more);
            await().untilAsserted(() -> {
                assertThat(target.origin().counts().openRequests()).isZero();
                assertThat(target.origin().counts().cancelled())
                        .isEqualTo(target.origin().counts().requests());
            });
        }
    }

    private static void refusedEarly(Defended target, int status, String start, String more) {
        try (RawClient client = target.connect()) {
            String block = more.repeat(Math.max(1, 64 * KIBIBYTE / more.length()));
            int sent = start.length();
            client.send(start);
            try {
                while (sent < MUCH) {
                    client.send(block);
                    sent += block.length();
                }
            } catch (UncheckedIOException refused) {
                // As it should be; how much went before is looked at below.
            }
            assertThat(sent).isLessThan(SWALLOWED);
        }
        try (RawClient client = target.connect()) {
            // With little behind the limit the answer is not lost in a reset.
            client.send(start + more.repeat(70 * KIBIBYTE / more.length()));
            assertThat(client.untilClosed())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("Connection: close");
        }
    }

    private Defended withBodyLimit() {
        return Defended.withRules(
                gateways,
                "- {id: small, path: /small/*, serviceName: s, maxRequestSize: 1000}\n"
                        + "- {id: big, path: /big/*, serviceName: s, maxRequestSize: 100000}",
                "frontend.http.maxRequestSize=50000");
    }

    @Test
    void anAnnouncedBodyOverTheLimitIsRefusedBeforeItIsRead() {
        try (Defended target = withBodyLimit();
                RawClient client = target.connect()) {
            client.request("POST /small/x HTTP/1.1", "Content-Length: 1001");
            RawResponse answer = client.response();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("\"error\":\"payload_too_large\"");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(target.origin().counts().connections()).isZero();
        }
    }

    @Test
    void expectingClientsHearOfTheLimitAtOnce() {
        try (Defended target = withBodyLimit();
                RawClient client = target.connect()) {
            client.request(
                    "POST /small/x HTTP/1.1", "Content-Length: 1001", "Expect: 100-continue");
            assertThat(client.head().status()).isEqualTo(413);
        }
    }

    @Test
    void aChunkedBodyIsCutWhenItPassesTheLimitAndItsConnectionIsNotUsedAgain() {
        try (Defended target = withBodyLimit()) {
            try (RawClient client = target.connect()) {
                client.request("POST /small/x HTTP/1.1", "Transfer-Encoding: chunked");
                for (int i = 0; i < 3; i++) {
                    client.send("190\r\n" + "y".repeat(400) + "\r\n");
                }
                assertThat(client.response().status()).isEqualTo(413);
                assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            }
            await().untilAsserted(() -> {
                assertThat(target.origin().counts().openRequests()).isZero();
                assertThat(target.origin().counts().cancelled())
                        .isEqualTo(target.origin().counts().requests());
            });
            int broken = target.origin().counts().connections();
            try (RawClient client = target.connect()) {
                assertThat(client.request("GET /small/x HTTP/1.1").response().status())
                        .isEqualTo(200);
            }
            assertThat(target.origin().seen().getLast())
                    .extracting(OriginRequest::connection, OriginRequest::ordinal)
                    .containsExactly(broken + 1, 1);
        }
    }

    @Test
    void bodiesUpToTheLimitOfTheirRulePass() {
        try (Defended target = withBodyLimit();
                RawClient client = target.connect()) {
            client.request("POST /small/x HTTP/1.1", "Content-Length: 1000").send("y".repeat(1000));
            assertThat(client.response().status()).isEqualTo(200);
            client.request("POST /big/x HTTP/1.1", "Content-Length: 100000")
                    .send("y".repeat(100_000));
            assertThat(client.response().status()).isEqualTo(200);
            client.request("POST /small/x HTTP/1.1", "Transfer-Encoding: chunked")
                    .send("3e8\r\n" + "y".repeat(1000) + "\r\n0\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(200);
        }
    }
}
