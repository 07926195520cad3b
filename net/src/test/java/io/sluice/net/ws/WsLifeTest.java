package io.sluice.net.ws;

import static io.sluice.testkit.RawWebSocket.FIN;
import static io.sluice.testkit.RawWebSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket.Listener;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Pings, pauses, and how sockets end.
@ExtendWith(LeakCheck.class)
class WsLifeTest {
    private static WsConfig hasty(long ping, long pong, long close) {
        return new WsConfig(
                64 * 1024,
                10,
                Duration.ofSeconds(30),
                Duration.ofMillis(ping),
                Duration.ofMillis(pong),
                Duration.ofMillis(close),
                WsConfig.OriginConfig.DEFAULT,
                WsConfig.CompressionConfig.OFF);
    }

    @Test
    void echoesTheClientsCloseAndEndsTheConnection() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.send(frame(FIN | RawWebSocket.CLOSE, RawWebSocket.closing(4321, "bye")));
            assertThat(socket.read().closeCode()).isEqualTo(4321);
            assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(server.end()).isEqualTo("BY_PEER 4321 bye");
            assertThat(server.counted).containsExactly("opened", "closed BY_PEER");
        }
    }

    @Test
    void echoesACloseWithoutACode() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.send(frame(FIN | RawWebSocket.CLOSE, ""));
            assertThat(socket.read().payload()).isEmpty();
            assertThat(server.end()).isEqualTo("BY_PEER 1005");
        }
    }

    @Test
    void waitsForTheClientsAnswerToItsOwnClose() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.text("close me").text("not heard any more");
            RawWebSocket.Frame close = socket.read();
            assertThat(close.closeCode()).isEqualTo(1000);
            assertThat(close.closeReason()).isEqualTo("as you wish");
            assertThat(server.ends).isEmpty();
            socket.closing();
            assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(server.end()).isEqualTo("BY_US 1000 as you wish");
        }
    }

    @Test
    void cutsAClientThatDoesNotAnswerTheClose() throws Exception {
        try (WsServer server = new WsServer(hasty(60_000, 1_000, 200));
                RawWebSocket socket = server.connect()) {
            socket.text("kick me");
            assertThat(socket.read().closeCode()).isEqualTo(4004);
            assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(server.end()).isEqualTo("BY_US 4004 kicked");
            assertThat(server.counted).containsExactly("opened", "closed BY_US kicked");
        }
    }

    @Test
    void hearsThatTheConnectionWasLost() throws Exception {
        try (WsServer server = new WsServer()) {
            RawWebSocket socket = server.connect();
            socket.text("here");
            assertThat(socket.readText()).isEqualTo("here");
            socket.client().reset();
            assertThat(server.end()).isEqualTo("LOST 1006");
            await().until(() -> server.listener.listener().connections() == 0);
        }
    }

    @Test
    void hearsOfTheEndOfASocketThatWasCut() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.text("cut me");
            assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(server.end()).isEqualTo("BY_US 1006");
        }
    }

    @Test
    void closesWith1011WhenTheListenerFails() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.text("throw");
            assertThat(socket.readClose().closeCode()).isEqualTo(1011);
            socket.closing();
            assertThat(server.end()).isEqualTo("BY_US 1011 Internal error");
        }
    }

    @Test
    void tellsSocketsOfTheDrain() throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.text("here");
            socket.readText();
            server.listener.listener().drain();
            assertThat(socket.readClose().closeCode()).isEqualTo(1001);
            socket.closing();
            assertThat(server.end()).isEqualTo("BY_US 1001 Shutting down");
        }
    }

    @Test
    void pingsAndEndsAClientThatSaysNothingWith4000() throws Exception {
        try (WsServer server = new WsServer(hasty(150, 3_000, 5_000));
                RawWebSocket socket = server.connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.read().first()).isEqualTo(FIN | RawWebSocket.PING);
                socket.pong();
            }
            assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PING);
            socket.text("any sign of life will do");
            assertThat(socket.readText()).startsWith("any");
            assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PING);
            assertThat(socket.read().closeCode()).isEqualTo(4000);
            assertThat(server.end()).isEqualTo("BY_US 4000 No sign of life");
            assertThat(server.counted).contains("closed BY_US heartbeat_timeout");
        }
    }

    @Test
    void endsAClientThatStoppedReadingInTheSameTime() throws Exception {
        try (WsServer server = new WsServer(hasty(1_000, 2_000, 5_000));
                RawClient client = RawClient.connectNarrow(server.port(), 4096)) {
            RawWebSocket.over(client, "/");
            server.run(() -> {
                WebSocket socket = server.sockets.getFirst();
                socket.write(Frames.text(socket.allocator(), "x".repeat(8_000_000)));
                socket.flush();
                assertThat(socket.queuedBytes()).isGreaterThan(1_000_000);
            });
            assertThat(server.end()).isEqualTo("BY_US 4000 No sign of life");
            await().until(() -> server.listener.listener().connections() == 0);
        }
    }

    @Test
    void holdsMessagesBackWhilePaused() throws Exception {
        try (WsServer server = new WsServer(hasty(1_000, 1_500, 5_000));
                RawWebSocket socket = server.connect()) {
            socket.text("first");
            assertThat(socket.readText()).isEqualTo("first");
            server.run(() -> server.sockets.getFirst().pause());
            socket.text("second").text("third");
            for (int i = 0; i < 3; i++) {
                assertThat(socket.read().opcode()).isEqualTo(RawWebSocket.PING);
            }
            server.run(() -> server.sockets.getFirst().resume());
            RawWebSocket.Frame frame = socket.read();
            while (frame.opcode() == RawWebSocket.PING) {
                frame = socket.read();
            }
            assertThat(frame.text()).isEqualTo("second");
            socket.pong();
            frame = socket.read();
            while (frame.opcode() == RawWebSocket.PING) {
                frame = socket.read();
            }
            assertThat(frame.text()).isEqualTo("third");
        }
    }

    @Test
    void speaksWithTheClientOfTheJdk() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        try (WsServer server = new WsServer();
                HttpClient http = HttpClient.newHttpClient()) {
            java.net.http.WebSocket socket =
                    http.newWebSocketBuilder()
                            .subprotocols("echo.1")
                            .buildAsync(
                                    URI.create("ws://127.0.0.1:" + server.port() + "/"),
                                    listener(heard, closed))
                            .get(30, TimeUnit.SECONDS);
            assertThat(socket.getSubprotocol()).isEqualTo("echo.1");
            socket.sendText("in two ", false).get(30, TimeUnit.SECONDS);
            socket.sendText("parts", true).get(30, TimeUnit.SECONDS);
            assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("in two parts");
            socket.sendText("close me", true).get(30, TimeUnit.SECONDS);
            assertThat(closed.get(30, TimeUnit.SECONDS)).isEqualTo(1000);
            assertThat(server.end()).isEqualTo("BY_US 1000 as you wish");
        }
    }

    private static Listener listener(
            CompletableFuture<String> heard, CompletableFuture<Integer> closed) {
        return new Listener() {
            @Override
            public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
                    java.net.http.WebSocket socket, CharSequence data, boolean last) {
                heard.complete(data.toString());
                socket.request(1);
                return null;
            }

            @Override
            public @org.jspecify.annotations.Nullable CompletionStage<?> onClose(
                    java.net.http.WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
            }
        };
    }
}
