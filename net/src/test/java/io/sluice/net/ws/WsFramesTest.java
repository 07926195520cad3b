package io.sluice.net.ws;

import static io.sluice.testkit.RawWebSocket.FIN;
import static io.sluice.testkit.RawWebSocket.closing;
import static io.sluice.testkit.RawWebSocket.frame;
import static io.sluice.testkit.RawWebSocket.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What a client may send and what ends its socket.
@ExtendWith(LeakCheck.class)
class WsFramesTest {
    private static final int TEXT = RawWebSocket.TEXT;
    private static final int BINARY = RawWebSocket.BINARY;
    private static final int CONTINUATION = RawWebSocket.CONTINUATION;
    private static final int CLOSE = RawWebSocket.CLOSE;
    private static final int PING = RawWebSocket.PING;
    private static final byte[] NOTHING = {};

    @Test
    void echoesMessagesOfEveryLengthForm() {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            for (int length : new int[] {0, 1, 7, 125, 126, 127, 5_000, 65_535, 65_536}) {
                String text = "x".repeat(length);
                socket.text(text);
                assertThat(socket.readText()).isEqualTo(text);
                socket.binary(text.getBytes(StandardCharsets.UTF_8));
                RawWebSocket.Frame echo = socket.read();
                assertThat(echo.first()).isEqualTo(FIN | BINARY);
                assertThat(echo.payload()).hasSize(length);
            }
            socket.text("aä€😀");
            assertThat(socket.readText()).isEqualTo("aä€😀");
        }
    }

    @Test
    void joinsFragmentsAndTakesPingsBetweenThem() {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            byte[] text = "ein ä und ein 😀".getBytes(StandardCharsets.UTF_8);
            socket.send(frame(TEXT, java.util.Arrays.copyOf(text, 5)));
            socket.ping("between");
            assertThat(socket.read().text()).isEqualTo("between");
            socket.send(frame(CONTINUATION, NOTHING));
            for (int i = 5; i < text.length - 1; i++) {
                socket.send(frame(CONTINUATION, new byte[] {text[i]}));
            }
            socket.send(frame(FIN | CONTINUATION, new byte[] {text[text.length - 1]}));
            assertThat(socket.readText()).isEqualTo("ein ä und ein 😀");
            socket.text("next");
            assertThat(socket.readText()).isEqualTo("next");
        }
    }

    @Test
    void answersPingsWithTheirPayload() {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.ping("a").ping("").pong().ping("c".repeat(125));
            for (String payload : List.of("a", "", "c".repeat(125))) {
                RawWebSocket.Frame pong = socket.read();
                assertThat(pong.first()).isEqualTo(FIN | RawWebSocket.PONG);
                assertThat(pong.text()).isEqualTo(payload);
            }
        }
    }

    @Test
    void endsAFloodOfPingsOrPongsWith1008AndAnswersAsManyAsKeepAlivesNeed() throws Exception {
        try (WsServer server = new WsServer()) {
            for (int opcode : new int[] {PING, RawWebSocket.PONG}) {
                try (RawWebSocket socket = server.connect();
                        RawWebSocket other = server.connect()) {
                    socket.send(repeated(frame(FIN | opcode, "x"), ControlBudget.AT_ONCE));
                    socket.text("still open");
                    RawWebSocket.Frame frame = socket.read();
                    int pongs = 0;
                    while (frame.opcode() == RawWebSocket.PONG) {
                        pongs++;
                        frame = socket.read();
                    }
                    assertThat(pongs).isEqualTo(opcode == PING ? ControlBudget.AT_ONCE : 0);
                    assertThat(frame.text()).isEqualTo("still open");
                    socket.send(repeated(frame(FIN | opcode, "x"), 20_000));
                    assertThat(socket.readClose().closeCode()).isEqualTo(1008);
                    assertThat(server.end()).startsWith("BY_US 1008");
                    other.ping("other");
                    assertThat(other.read().text()).isEqualTo("other");
                }
                assertThat(server.counted).contains("closed BY_US rate_limit");
                assertThat(server.end()).startsWith("LOST");
                server.counted.clear();
            }
        }
    }

    private static byte[] repeated(byte[] frame, int times) {
        byte[] all = new byte[frame.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        return all;
    }

    static Stream<Arguments> offences() {
        byte[] unmasked = {(byte) 0x81, 1, 'a'};
        return Stream.of(
                Arguments.of("unmasked", unmasked, 1002),
                Arguments.of("RSV1", frame(FIN | 0x40 | TEXT, "a"), 1002),
                Arguments.of("RSV2", frame(FIN | 0x20 | TEXT, "a"), 1002),
                Arguments.of("RSV3 on a ping", frame(FIN | 0x10 | PING, ""), 1002),
                Arguments.of("opcode 3", frame(FIN | 3, "a"), 1002),
                Arguments.of("opcode 11", frame(FIN | 11, "a"), 1002),
                Arguments.of("long ping", frame(FIN | PING, "x".repeat(126)), 1002),
                Arguments.of("ping in pieces", frame(PING, "x"), 1002),
                Arguments.of("close in pieces", frame(CLOSE, closing(1000, "")), 1002),
                Arguments.of(
                        "long close", frame(FIN | CLOSE, closing(1000, "x".repeat(124))), 1002),
                Arguments.of("close of one byte", frame(FIN | CLOSE, "x"), 1002),
                Arguments.of("length not minimal in 2", header(FIN | TEXT, 125, 2), 1002),
                Arguments.of("length not minimal in 8", header(FIN | TEXT, 65_535, 8), 1002),
                Arguments.of("negative length", header(FIN | TEXT, -1, 8), 1002),
                Arguments.of("continuation of nothing", frame(FIN | CONTINUATION, "a"), 1002),
                Arguments.of(
                        "text within text", both(frame(TEXT, "a"), frame(FIN | TEXT, "b")), 1002),
                Arguments.of("close reason", frame(FIN | CLOSE, closingWith(0xff)), 1007),
                Arguments.of("bad text", frame(FIN | TEXT, new byte[] {'a', (byte) 0xc0}), 1007),
                Arguments.of("cut text", frame(FIN | TEXT, new byte[] {(byte) 0xe2, -126}), 1007),
                Arguments.of(
                        "bad text in a fragment, before the last",
                        frame(TEXT, new byte[] {(byte) 0xed, (byte) 0xa0}),
                        1007),
                Arguments.of("announced 64 KiB and one", header(FIN | TEXT, 65_537, 8), 1009),
                Arguments.of("announced 2^62", header(FIN | BINARY, 1L << 62, 8), 1009),
                Arguments.of(
                        "sum of fragments",
                        both(frame(BINARY, new byte[65_000]), header(CONTINUATION, 537, 2)),
                        1009));
    }

    private static byte[] closingWith(int last) {
        byte[] payload = closing(1000, "a ");
        payload[payload.length - 1] = (byte) last;
        return payload;
    }

    private static byte[] both(byte[] one, byte[] two) {
        byte[] all = java.util.Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offences")
    void anOffenceEndsTheSocketWithItsCode(String name, byte[] bytes, int code) throws Exception {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.text("before").send(bytes);
            assertThat(socket.readText()).isEqualTo("before");
            assertThat(socket.readClose().closeCode()).as(name).isEqualTo(code);
            assertThat(socket.closedWithin(Duration.ofSeconds(20))).isTrue();
            assertThat(server.end()).startsWith("BY_US " + code);
        }
    }

    @Test
    void refusesCloseCodesThatMayNotBeSent() throws Exception {
        try (WsServer server = new WsServer()) {
            for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000}) {
                try (RawWebSocket socket = server.connect()) {
                    socket.send(frame(FIN | CLOSE, RawWebSocket.closing(code, "")));
                    assertThat(socket.readClose().closeCode()).as("%d", code).isEqualTo(1002);
                    assertThat(server.end()).startsWith("BY_US 1002");
                }
            }
        }
    }

    @Test
    void endsAMessageOfMoreThanAThousandEmptyFragmentsWith1008() {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect()) {
            socket.send(frame(TEXT, NOTHING));
            byte[] empty = frame(CONTINUATION, NOTHING);
            socket.send(repeated(empty, 999)).ping("still there");
            assertThat(socket.read().text()).isEqualTo("still there");
            socket.send(empty);
            assertThat(socket.readClose().closeCode()).isEqualTo(1008);
            await().untilAsserted(() ->
                    assertThat(server.counted).contains("closed BY_US policy_violation"));
        }
    }

    @Test
    void aHalfMessageIsOverWithinThirtySecondsUnlessToldOtherwise() {
        assertThat(WsConfig.DEFAULT.messageTimeout()).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void endsAMessageThatDoesNotArriveInTime() {
        WsConfig hasty =
                new WsConfig(
                        1024,
                        10,
                        Duration.ofMillis(200),
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        WsConfig.OriginConfig.DEFAULT,
                        WsConfig.CompressionConfig.OFF);
        byte[][] halves = {
            {(byte) 0x81}, header(FIN | TEXT, 5, 0), frame(TEXT, "fragment"),
        };
        try (WsServer server = new WsServer(hasty)) {
            for (byte[] half : halves) {
                try (RawWebSocket socket = server.connect()) {
                    socket.text("whole").send(half);
                    assertThat(socket.readText()).isEqualTo("whole");
                    assertThat(socket.readClose().closeCode()).isEqualTo(1008);
                }
            }
            try (RawWebSocket socket = server.connect()) {
                socket.text("whole");
                assertThat(socket.readText()).isEqualTo("whole");
                assertThat(socket.closedWithin(Duration.ofMillis(500))).isFalse();
            }
        }
    }
}
