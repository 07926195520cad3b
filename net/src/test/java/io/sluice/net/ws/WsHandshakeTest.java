package io.sluice.net.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.net.http.Ending;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class WsHandshakeTest {
    private static final String[] RIGHT = {
        "Upgrade: websocket", "Connection: Upgrade", RawWebSocket.KEY, RawWebSocket.VERSION
    };

    @Test
    void answersWithTheKeyOfTheStandardsExample() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect("Sec-WebSocket-Protocol: x, echo.2,echo.1")) {
            RawResponse answer = socket.answer();
            assertThat(answer.headers().first("Sec-WebSocket-Accept"))
                    .isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(answer.headers().first("Upgrade")).isEqualTo("websocket");
            assertThat(answer.headers().all("Connection")).containsExactly("Upgrade");
            assertThat(answer.headers().first("Sec-WebSocket-Protocol")).isEqualTo("echo.2");
            assertThat(answer.headers().has("Content-Length")).isFalse();
            assertThat(answer.headers().has("Transfer-Encoding")).isFalse();
            assertThat(server.exchanges.poll(30, TimeUnit.SECONDS)).isEqualTo(Ending.COMPLETE);
            socket.text("hello");
            assertThat(socket.readText()).isEqualTo("hello");
        }
    }

    @Test
    void delaysNoRequestBeforeAndTakesTheHandshakeAfterOthersOnOneConnection() {
        try (WsServer server = new WsServer();
                RawClient client = RawClient.connect(server.port())) {
            client.request("GET /plain HTTP/1.1");
            assertThat(client.response().text()).isEqualTo("plain");
            RawWebSocket socket = RawWebSocket.over(client, "/");
            socket.text("after");
            assertThat(socket.readText()).isEqualTo("after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/later"})
    void deliversFramesThatCameInThePacketOfTheHandshake(String path) {
        try (WsServer server = new WsServer();
                RawClient client = RawClient.connect(server.port())) {
            byte[] head =
                    RawWebSocket.handshake(path)
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            byte[] one = RawWebSocket.frame(0x81, "one");
            byte[] two = RawWebSocket.frame(0x81, "two");
            byte[] all = java.util.Arrays.copyOf(head, head.length + one.length + 4);
            System.arraycopy(one, 0, all, head.length, one.length);
            System.arraycopy(two, 0, all, head.length + one.length, 4);
            client.send(all);
            RawWebSocket socket = RawWebSocket.opened(client);
            assertThat(socket.readText()).isEqualTo("one");
            socket.send(java.util.Arrays.copyOfRange(two, 4, two.length));
            assertThat(socket.readText()).isEqualTo("two");
        }
    }

    @Test
    void endsTheSocketOfAClientThatLeftBeforeTheAnswer() throws Exception {
        try (WsServer server = new WsServer()) {
            try (RawClient client = RawClient.connect(server.port())) {
                RawWebSocket.ask(client, "/later");
                client.reset();
            }
            assertThat(server.end()).isEqualTo("LOST 1006");
            Awaitility.await().until(() -> server.listener.listener().connections() == 0);
        }
    }

    @Test
    void refusesAnotherVersionWith426() {
        try (WsServer server = new WsServer();
                RawClient client = RawClient.connect(server.port())) {
            client.request(
                    "GET / HTTP/1.1",
                    RIGHT[0],
                    RIGHT[1],
                    RawWebSocket.KEY,
                    "Sec-WebSocket-Version: 8");
            RawResponse answer = client.response();
            assertThat(answer.status()).isEqualTo(426);
            assertThat(answer.headers().first("Sec-WebSocket-Version")).isEqualTo("13");
            assertThat(server.counted).containsExactly("refused upgrade_required");
            client.request("GET /plain HTTP/1.1");
            assertThat(client.response().text()).isEqualTo("plain");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1|$U|$C|$V",
                "GET / HTTP/1.1|$U|$C|$V|Sec-WebSocket-Key: short",
                "GET / HTTP/1.1|$U|$C|$V|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ!!",
                "GET / HTTP/1.1|$U|$C|$V|$K|$K",
                "POST / HTTP/1.1|$U|$C|$V|$K",
                "GET / HTTP/1.0|$U|$C|$V|$K",
                "GET / HTTP/1.1|$U|$C|$V|$K|Content-Length: 3",
                "GET / HTTP/1.1|$U|$C|$V|$K|Transfer-Encoding: chunked",
                "GET / HTTP/1.1|$C|$V|$K",
                "GET / HTTP/1.1|Upgrade: h2c|$C|$V|$K",
                "GET / HTTP/1.1|$U|Connection: keep-alive|$V|$K"
            })
    void refusesAMalformedHandshakeWith400(String request) {
        String[] lines =
                request.replace("$U", "Upgrade: websocket")
                        .replace("$C", "Connection: Upgrade")
                        .replace("$V", RawWebSocket.VERSION)
                        .replace("$K", RawWebSocket.KEY)
                        .split("\\|");
        try (WsServer server = new WsServer();
                RawClient client = RawClient.connect(server.port())) {
            client.request(lines[0], java.util.Arrays.copyOfRange(lines, 1, lines.length));
            assertThat(client.response().status()).isEqualTo(400);
            assertThat(server.counted).containsExactly("refused bad_request");
        }
    }

    @Test
    void takesTokensInAnyCaseAndAmongOthers() {
        try (WsServer server = new WsServer();
                RawClient client = RawClient.connect(server.port())) {
            client.request(
                    "GET / HTTP/1.1",
                    "Upgrade: WebSocket",
                    "Connection: keep-alive",
                    "Connection: foo, uPGRADE",
                    RawWebSocket.KEY,
                    RawWebSocket.VERSION);
            assertThat(client.head().status()).isEqualTo(101);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "https://a.test.evil.example",
                "https://evil.example/https://a.test",
                "http://a.test",
                "https://a.test:8443",
                "https://xa.test",
                "a.test"
            })
    void refusesForeignOriginsWith403(String origin) {
        try (WsServer server = new WsServer(origins(List.of("https://a.test"), false));
                RawClient client = RawClient.connect(server.port())) {
            RawWebSocket.ask(client, "/", "Origin: " + origin, "Cookie: sid=1");
            assertThat(client.response().status()).isEqualTo(403);
            assertThat(server.counted).containsExactly("refused forbidden");
        }
    }

    @Test
    void takesListedOriginsAndAbsentOnesOnlyWhenConfigured() {
        try (WsServer server = new WsServer(origins(List.of("https://a.test"), false))) {
            try (RawWebSocket socket = server.connect("Origin: https://A.test:443")) {
                assertThat(socket.answer().status()).isEqualTo(101);
            }
            try (RawClient client = RawClient.connect(server.port())) {
                RawWebSocket.ask(client, "/");
                assertThat(client.response().status()).isEqualTo(403);
            }
        }
        try (WsServer server = new WsServer();
                RawWebSocket absent = server.connect();
                RawWebSocket own = server.connect("Origin: http://test");
                RawClient foreign = RawClient.connect(server.port())) {
            assertThat(absent.answer().status()).isEqualTo(101);
            assertThat(own.answer().status()).isEqualTo(101);
            RawWebSocket.ask(foreign, "/", "Origin: http://other");
            assertThat(foreign.response().status()).isEqualTo(403);
        }
    }

    static WsConfig origins(List<String> allowed, boolean absent) {
        return new WsConfig(
                1024,
                10,
                Duration.ofSeconds(30),
                Duration.ofSeconds(25),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                new WsConfig.OriginConfig(allowed, absent),
                WsConfig.CompressionConfig.OFF);
    }
}
