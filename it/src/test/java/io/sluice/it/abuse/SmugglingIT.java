package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.OriginRequest;
import io.sluice.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Heads and bodies that two servers could read in two ways (R01 to R05, R08): refused with the exact status, the
/// connection ends, and what follows on it is never served.
class SmugglingIT {
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private record Case(int status, String bytes) {}

    private static Case post(int status, String fields, String body) {
        return new Case(status, "POST /x HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body);
    }

    private static List<Case> framing() {
        return List.of(
                post(400, "Content-Length: 5\r\n" + CHUNKED, "0\r\n\r\n"),
                post(400, CHUNKED + "Content-Length: 5\r\n", "0\r\n\r\n"),
                post(400, CHUNKED + "Content-Length: 0\r\n", "0\r\n\r\n"),
                post(400, "Content-Length: 5\r\nContent-Length: 5\r\n", "abcde"),
                post(400, "Content-Length: 5\r\nContent-Length: 0\r\n", "abcde"),
                post(400, "Content-Length: 5, 5\r\n", "abcde"),
                post(400, "Content-Length: +5\r\n", "abcde"),
                post(400, "Content-Length: -5\r\n", "abcde"),
                post(400, "Content-Length: 0x5\r\n", "abcde"),
                post(400, "Content-Length: 5 5\r\n", "abcde"),
                post(400, "Content-Length: 5;\r\n", "abcde"),
                post(400, "Content-Length: \"5\"\r\n", "abcde"),
                post(400, "Content-Length:\r\n", ""),
                post(400, "Content-Length: \u0665\r\n", "abcde"),
                post(400, "Content-Length: 9223372036854775808\r\n", ""),
                post(400, "Content-Length: 99999999999999999999999\r\n", ""),
                post(400, "Content-Length : 5\r\n", "abcde"),
                post(400, "Content-Length\t: 5\r\n", "abcde"),
                post(400, "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding: identity\r\n", ""),
                post(400, "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding: ,chunked\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding:\r\n", ""),
                post(400, "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n"),
                post(400, "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
                post(400, " Transfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                post(400, "X: y\rTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                post(400, "X: y\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                post(400, CHUNKED + CHUNKED, "0\r\n\r\n"),
                post(400, CHUNKED + "Transfer-Encoding: identity\r\n", "0\r\n\r\n"),
                new Case(400, "POST /x HTTP/1.0\r\nHost: a\r\n" + CHUNKED + "\r\n0\r\n\r\n"),
                new Case(
                        400,
                        "POST /x HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\n"
                                + CHUNKED
                                + "\r\n0\r\n\r\n"));
    }

    private static Case get(int status, String lines) {
        return new Case(status, "GET /x HTTP/1.1\r\n" + lines + "\r\n");
    }

    private static List<Case> bytesAndLines() {
        return List.of(
                get(400, "Host: a\r\nX: b\rc\r\n"),
                get(400, "Host: a\r\nX: b\r\rc\r\n"),
                get(400, "Host: a\r\nX: b\u0000c\r\n"),
                get(400, "Host: a\r\nX: \u0008\r\n"),
                get(400, "Host: a\r\nX: \u007f\r\n"),
                get(400, "Host: a\r\nX\u0000: b\r\n"),
                get(400, "Host: a\r\nX(: b\r\n"),
                get(400, "Host: a\r\nX: b\r\n\tfolded\r\n"),
                get(400, "Host: a\r\n folded: b\r\n"),
                get(400, "Host: a\r\nX : b\r\n"),
                get(400, "Host: a\r\nno colon\r\n"),
                get(400, "Host: a\r\n: nameless\r\n"),
                get(400, "Host: a\nX: b\r\n"),
                new Case(400, "GET /x HTTP/1.1\nHost: a\n\n"),
                new Case(400, "GET /x HTTP/1.1\r\nHost: a\n\r\n"),
                new Case(400, "GET\t/x\tHTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "GET /x  HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "GET /x y HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "GET /x HTTP/1.1 \r\nHost: a\r\n\r\n"),
                new Case(400, "GET /x\r\nHost: a\r\n\r\n"),
                new Case(400, "GET /x HTTP/1.1\u0000\r\nHost: a\r\n\r\n"),
                new Case(400, "GET /x#part HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "GET /\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "\u0000GET /x HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, " GET /x HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "\r\n\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"),
                new Case(400, "\n\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n"),
                get(400, ""),
                get(400, "Host: a\r\nHost: a\r\n"),
                get(400, "Host: a\r\nHost: b\r\n"),
                get(400, "Host:\r\n"),
                get(400, "Host: a b\r\n"),
                get(400, "Host: a/b\r\n"),
                get(400, "Host: u@a\r\n"),
                get(400, "Host: a, b\r\n"),
                get(400, "Host: a:99999999\r\n"),
                get(400, "Host: [::1\r\n"),
                new Case(414, "GET /" + "x".repeat(8_300) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
                get(431, "Host: a\r\n" + ("X: " + "y".repeat(20_000) + "\r\n").repeat(2)),
                get(431, "Host: a\r\n" + "X: y\r\n".repeat(100)));
    }

    @Test
    void everyAmbiguousHeadIsRefusedAndNothingBehindItIsServed() {
        List<Case> cases = new ArrayList<>(framing());
        cases.addAll(bytesAndLines());
        try (Defended target = Defended.start(gateways)) {
            SoftAssertions softly = new SoftAssertions();
            for (Case one : cases) {
                String answer = answer(target, one.bytes() + SMUGGLED);
                String shown = one.bytes().substring(0, Math.min(120, one.bytes().length()));
                softly.assertThat(answer)
                        .as(shown)
                        .startsWith("HTTP/1.1 " + one.status() + " ")
                        .containsIgnoringCase("\r\nConnection: close\r\n")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
            softly.assertAll();
            assertThat(target.origin().counts().connections()).isZero();
            assertThat(target.refusals("bad_request"))
                    .isEqualTo(cases.stream().filter(one -> one.status() == 400).count());
            await().untilAsserted(() -> assertThat(target.refusals("uri_too_long")).isEqualTo(1));
            await().untilAsserted(
                            () -> assertThat(target.refusals("headers_too_large")).isEqualTo(2));
        }
    }

    /// Everything the gateway says until it closes.
    private static String answer(Defended target, String bytes) {
        try (RawClient client = target.connect()) {
            return client.send(bytes).untilClosed();
        }
    }

    @Test
    void aMalformedChunkEndsTheConnectionAndTheCall() {
        List<String> bodies =
                List.of(
                        "3\r\nabcX0\r\n\r\n",
                        "3\nabc\n0\n\n",
                        "3\r\nabc\n0\r\n\r\n",
                        "3 \r\nabc\r\n0\r\n\r\n",
                        " 3\r\nabc\r\n0\r\n\r\n",
                        "0x3\r\nabc\r\n0\r\n\r\n",
                        "+3\r\nabc\r\n0\r\n\r\n",
                        "-3\r\nabc\r\n0\r\n\r\n",
                        "\r\nabc\r\n0\r\n\r\n",
                        "g\r\nabc\r\n0\r\n\r\n",
                        "FFFFFFFFFFFFFFFF3\r\nabc\r\n0\r\n\r\n",
                        "10000000000000003\r\nabc\r\n0\r\n\r\n",
                        "3;a\rb\r\nabc\r\n0\r\n\r\n",
                        "3;a\u0000b\r\nabc\r\n0\r\n\r\n",
                        "3;" + "e".repeat(3_000) + "\r\nabc\r\n0\r\n\r\n",
                        ("1;" + "e".repeat(900) + "\r\na\r\n").repeat(30) + "0\r\n\r\n",
                        "0\r\nX : y\r\n\r\n",
                        "0\r\nX: y\n\r\n",
                        "0\r\nX: " + "y".repeat(40_000) + "\r\n\r\n",
                        "0\r\n" + "X: y\r\n".repeat(101) + "\r\n");
        try (Defended target = Defended.start(gateways)) {
            SoftAssertions softly = new SoftAssertions();
            for (String body : bodies) {
                String bytes = "POST /x HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "\r\n" + body;
                boolean large = body.startsWith("0\r\n") && body.length() > 100;
                softly.assertThat(answer(target, bytes + SMUGGLED))
                        .as(body.substring(0, Math.min(40, body.length())))
                        .startsWith(large ? "HTTP/1.1 431 " : "HTTP/1.1 400 ")
                        .containsIgnoringCase("\r\nConnection: close\r\n")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
            softly.assertAll();
            await().untilAsserted(() -> {
                assertThat(target.origin().counts().openRequests()).isZero();
                assertThat(target.origin().counts().cancelled())
                        .isEqualTo(target.origin().counts().requests());
            });
            assertThat(target.origin().seen())
                    .extracting(OriginRequest::target)
                    .doesNotContain("/smuggled");
        }
    }

    @Test
    void aRequestInsideABodyIsOnlyABody() {
        try (Defended target = Defended.start(gateways);
                RawClient client = target.connect()) {
            String inner = SMUGGLED;
            for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
                client.send(
                        method
                                + " /outer HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                + inner.length()
                                + "\r\n\r\n"
                                + inner);
                assertThat(client.response().text())
                        .contains("\"target\":\"/outer\"", "\"bodySize\":" + inner.length());
            }
            client.send(
                    "POST /outer HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
                            + Integer.toHexString(inner.length())
                            + ";ext=1\r\n"
                            + inner
                            + "\r\n0\r\nX-Trailer: y\r\n\r\n");
            assertThat(client.response().text()).contains("\"bodySize\":" + inner.length());
            assertThat(target.origin().seen())
                    .extracting(OriginRequest::target)
                    .containsOnly("/outer");
        }
    }

    @Test
    void bodyOfARequestNobodyReadsIsNeverServedAsARequest() {
        try (Defended target =
                Defended.withRules(gateways, "- {id: some, path: /x, serviceName: s}")) {
            String withBody =
                    "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: "
                            + SMUGGLED.replace("/smuggled", "/x").length()
                            + "\r\n\r\n"
                            + SMUGGLED.replace("/smuggled", "/x");
            try (RawClient client = target.connect()) {
                client.send(withBody);
                assertThat(client.response().status()).isEqualTo(404);
            }
            try (RawClient client = target.connect()) {
                client.send(withBody.replace("POST /nowhere", "POST /metrics"));
                assertThat(client.response().status()).isEqualTo(405);
            }
            assertThat(target.gateway().get("/x").statusCode()).isEqualTo(200);
            assertThat(target.origin().seen()).hasSize(1);
        }
    }

    @Test
    void connectAndTraceAreNotOffered() {
        try (Defended target = Defended.start(gateways)) {
            assertThat(answer(target, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n" + SMUGGLED))
                    .startsWith("HTTP/1.1 405 ")
                    .contains("Allow: GET, HEAD, ")
                    .containsOnlyOnce("HTTP/1.1 ");
            assertThat(answer(target, "CONNECT a:443 HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 405");
            try (RawClient client = target.connect()) {
                client.request("TRACE /x HTTP/1.1", "Cookie: secret=1");
                assertThat(client.response().status()).isEqualTo(405);
                client.request("TRACK /x HTTP/1.1", "Max-Forwards: 0");
                assertThat(client.response().status()).isIn(200, 405);
            }
            assertThat(target.origin().seen())
                    .extracting(OriginRequest::method)
                    .doesNotContain("TRACE", "CONNECT");
        }
    }
}
