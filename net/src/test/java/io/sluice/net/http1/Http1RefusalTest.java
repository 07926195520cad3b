package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.net.listen.TestListener;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Input that is refused: the exact status, then the connection closes, and no handler hears of it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(LeakCheck.class)
final class Http1RefusalTest {
    private final Echo echo = new Echo();
    private TestListener listener;

    @BeforeAll
    void start() {
        listener = new TestListener(echo);
    }

    @AfterAll
    void stop() {
        listener.close();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                // R01: both framings
                at(
                        400,
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                at(
                        400,
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
                // R02: lengths
                at(
                        400,
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\nabc"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"),
                at(
                        400,
                        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9223372036854775808\r\n\r\n"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"),
                at(
                        400,
                        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
                at(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"),
                at(
                        400,
                        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                // R03: bytes
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\rc\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\u0000c\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nX-\u0001A: b\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n folded\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nX-A\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
                at(400, "GET / HTTP/1.1\nHost: a\n\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n"),
                at(400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET /\u0000 HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "G@T / HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
                at(505, "GET / HTTP/3.0\r\nHost: a\r\n\r\n"),
                // R04: hosts
                at(400, "GET / HTTP/1.1\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: user@a\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
                at(400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
                at(400, "GET http://user@a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
                // R05: sizes
                at(414, "GET /" + "a".repeat(8200) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(414, "GET /" + "a".repeat(50_000)),
                at(431, "GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(33_000) + "\r\n\r\n"),
                at(431, "GET / HTTP/1.1\r\nHost: a\r\nX-A: " + "a".repeat(60_000)),
                at(431, "GET / HTTP/1.1\r\nHost: a\r\n" + "X-A: b\r\n".repeat(101) + "\r\n"),
                // R08: empty lines
                at(400, "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                at(400, "\n"),
                // R28
                at(405, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"));
    }

    private static Arguments at(int status, String bytes) {
        return Arguments.of(status, bytes);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesAndClosesWithoutTellingTheHandler(int status, String bytes) {
        int before = echo.requests.get();
        try (RawClient client = RawClient.connect(listener.port())) {
            client.send(bytes);
            RawResponse response = client.response();
            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers().first("Connection")).isEqualTo("close");
            assertThat(response.headers().first("Content-Type")).isEqualTo("application/json");
            assertThat(response.text()).contains("\"requestId\":\"");
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
        assertThat(echo.requests.get()).isEqualTo(before);
    }

    @Test
    void refusesTheSameWhenEveryByteComesAlone() {
        try (RawClient client = RawClient.connect(listener.port())) {
            for (char c : "GET / HTTP/1.1\r\nHost: a\r\nX-A : b\r\n\r\n".toCharArray()) {
                client.send(String.valueOf(c));
            }
            assertThat(client.response().status()).isEqualTo(400);
        }
    }

    @Test
    void endsTheConnectionOnAMalformedChunkAndLetsTheHandlerSeeNoEnd() {
        try (RawClient client = RawClient.connect(listener.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n");
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void boundsChunkExtensions() {
        try (RawClient client = RawClient.connect(listener.port())) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;"
                            + "x".repeat(3000));
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void countsWhatItRefuses() {
        int before = listener.refusals().size();
        try (RawClient client = RawClient.connect(listener.port())) {
            client.send("GET / HTTP/1.1\r\n\r\n");
            assertThat(client.response().status()).isEqualTo(400);
        }
        assertThat(listener.refusals()).hasSize(before + 1).endsWith("bad_request");
    }
}
