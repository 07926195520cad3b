package io.sluice.it.abuse;

import static io.sluice.testkit.RawWebSocket.FIN;
import static io.sluice.testkit.RawWebSocket.TEXT;
import static io.sluice.testkit.RawWebSocket.frame;
import static io.sluice.testkit.RawWebSocket.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Handshakes and frames that are wrong, at the whole gateway (R16 to R18): the exact answer, a counter that says why,
/// and nothing at the service that has all other paths.
@Timeout(180)
class WebSocketRefusalsIT {
    private static final String[] ON = {
        "realtime.rt.enabled=true", "realtime.websocket.origins.allowed=https://a.test"
    };

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static RawResponse ask(Defended target, String... lines) {
        try (RawClient client = target.connect()) {
            client.request(lines[0], Arrays.copyOfRange(lines, 1, lines.length));
            return client.response();
        }
    }

    private static String[] lines(String request) {
        return request.replace("$U", "Upgrade: websocket")
                .replace("$C", "Connection: Upgrade")
                .replace("$V", RawWebSocket.VERSION)
                .replace("$K", RawWebSocket.KEY)
                .split("\\|");
    }

    private static double handshakes(Defended target, String outcome) {
        return target.metric("gateway_websocket_handshakes_total{outcome=\"" + outcome + "\"}");
    }

    @Test
    void anotherVersionIsToldTheRightOne() {
        try (Defended target = Defended.start(gateways, ON)) {
            for (String version : List.of("12", "8", "0", "14", "13, 8", "x")) {
                RawResponse answer =
                        ask(
                                target,
                                lines(
                                        "GET /rt HTTP/1.1|$U|$C|$K|Sec-WebSocket-Version: "
                                                + version));
                assertThat(answer.status()).as(version).isEqualTo(426);
                assertThat(answer.header("Sec-WebSocket-Version")).isEqualTo("13");
            }
            assertThat(ask(target, lines("GET /rt HTTP/1.1|$U|$C|$K")).status()).isEqualTo(426);
            assertThat(handshakes(target, "upgrade_required")).isEqualTo(7);
            assertThat(target.origin().counts().requests()).isZero();
        }
    }

    @Test
    void aMalformedHandshakeIsABadRequest() {
        List<String> requests =
                List.of(
                        "GET /rt HTTP/1.1|$U|$C|$V",
                        "GET /rt HTTP/1.1|$U|$C|$V|Sec-WebSocket-Key: short",
                        "GET /rt HTTP/1.1|$U|$C|$V|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ!!",
                        "GET /rt HTTP/1.1|$U|$C|$V|$K|$K",
                        "POST /rt HTTP/1.1|$U|$C|$V|$K",
                        "GET /rt HTTP/1.0|$U|$C|$V|$K",
                        "GET /rt HTTP/1.1|$U|$C|$V|$K|Content-Length: 3",
                        "GET /rt HTTP/1.1|$U|$C|$V|$K|Transfer-Encoding: chunked");
        try (Defended target = Defended.start(gateways, ON)) {
            for (String request : requests) {
                assertThat(ask(target, lines(request)).status()).as(request).isEqualTo(400);
            }
            assertThat(handshakes(target, "bad_request")).isEqualTo(requests.size());
            assertThat(target.origin().counts().requests()).isZero();
        }
    }

    @Test
    void aPageOfAnotherOriginIsForbidden() {
        List<String> origins =
                List.of(
                        "null",
                        "https://evil.example",
                        "https://a.test.evil.example",
                        "https://evil.example/https://a.test",
                        "https://xa.test",
                        "https://sub.a.test",
                        "http://a.test",
                        "https://a.test:8443",
                        "a.test");
        try (Defended target = Defended.start(gateways, ON)) {
            for (String origin : origins) {
                String[] request =
                        lines("GET /rt HTTP/1.1|$U|$C|$V|$K|Cookie: sid=1|Origin: " + origin);
                assertThat(ask(target, request).status()).as(origin).isEqualTo(403);
            }
            assertThat(handshakes(target, "forbidden")).isEqualTo(origins.size());
            try (RawWebSocket own =
                    RawWebSocket.open(target.port(), "/rt", "Origin: https://a.test")) {
                assertThat(own.readText()).contains("\"type\":\"ready\"");
            }
            assertThat(target.origin().counts().requests()).isZero();
        }
    }

    @Test
    void aFrameThatBreaksARuleEndsItsSocketAndIsCountedByItsReason() {
        List<Map.Entry<byte[], Integer>> frames =
                List.of(
                        Map.entry(new byte[] {(byte) 0x81, 1, 'a'}, 1002),
                        Map.entry(frame(FIN | 0x40 | TEXT, "a"), 1002),
                        Map.entry(frame(FIN | 0x20 | TEXT, "a"), 1002),
                        Map.entry(frame(FIN | 3, "a"), 1002),
                        Map.entry(frame(FIN | RawWebSocket.PING, "x".repeat(126)), 1002),
                        Map.entry(frame(RawWebSocket.PING, "x"), 1002),
                        Map.entry(frame(FIN | RawWebSocket.CLOSE, closing(1005)), 1002),
                        Map.entry(header(FIN | TEXT, 125, 2), 1002),
                        Map.entry(frame(FIN | TEXT, new byte[] {'a', (byte) 0xc0}), 1007),
                        Map.entry(header(FIN | TEXT, 65_537, 8), 1009));
        try (Defended target = Defended.start(gateways, ON)) {
            for (Map.Entry<byte[], Integer> one : frames) {
                try (RawWebSocket socket = RawWebSocket.open(target.port(), "/rt")) {
                    socket.send(one.getKey());
                    assertThat(socket.readClose().closeCode()).isEqualTo(one.getValue());
                }
            }
            await().untilAsserted(() -> {
                assertThat(closes(target, "protocol_error")).isEqualTo(8);
                assertThat(closes(target, "invalid_payload")).isEqualTo(1);
                assertThat(closes(target, "payload_too_large")).isEqualTo(1);
                assertThat(closes(target, "client")).isZero();
            });
        }
    }

    @Test
    void whatIsTooLargeToBeKeptIsRefusedAndItsSocketLives() {
        String large = "x".repeat(5_000);
        try (Defended target = Defended.start(gateways, ON);
                RawWebSocket socket = RawWebSocket.open(target.port(), "/rt")) {
            assertThat(socket.readText()).contains("\"type\":\"ready\"");
            for (String frame :
                    List.of(
                            "{\"type\":\"identify\",\"payload\":{\"groupId\":\"$\"}}",
                            "{\"type\":\"identify\",\"payload\":{\"groupId\":[\"$\"]}}",
                            "{\"type\":\"identify\",\"payload\":{\"metadata\":\"$\"}}",
                            "{\"type\":\"data_update\",\"groupId\":\"$\"}")) {
                socket.text(frame.replace("$", large));
                assertThat(socket.readText())
                        .contains("\"code\":\"TOO_LARGE\"")
                        .hasSizeLessThan(200);
            }
            socket.text("{\"type\":\"data_update\",\"payload\":\"" + large + "\"}");
            assertThat(socket.readText()).contains(large);
        }
    }

    private static byte[] closing(int code) {
        return RawWebSocket.closing(code, "");
    }

    private static double closes(Defended target, String reason) {
        return target.metric(
                "gateway_realtime_closes_total{face=\"rt\",reason=\"" + reason + "\"}");
    }
}
