package io.sluice.net.ws;

import static io.sluice.testkit.RawWebSocket.FIN;
import static io.sluice.testkit.RawWebSocket.RSV1;
import static io.sluice.testkit.RawWebSocket.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compression of messages (RFC 7692) with the JDK's own deflater as the other side.
@ExtendWith(LeakCheck.class)
class WsDeflateTest {
    private static final String OFFER = "Sec-WebSocket-Extensions: ";
    private static final int TEXT = RawWebSocket.TEXT;

    private static WsServer server() {
        return new WsServer(
                new WsConfig(
                        64 * 1024,
                        1000,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(25),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        WsConfig.OriginConfig.DEFAULT,
                        new WsConfig.CompressionConfig(true, 6, 100)));
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(plain);
        byte[] out = new byte[plain.length + 1000];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, length - 4);
    }

    private static byte[] deflated(String plain) {
        return deflated(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static String inflated(byte[] payload) throws DataFormatException {
        byte[] in = Arrays.copyOf(payload, payload.length + 4);
        in[in.length - 2] = -1;
        in[in.length - 1] = -1;
        Inflater inflater = new Inflater(true);
        inflater.setInput(in);
        byte[] out = new byte[200_000];
        int length = inflater.inflate(out);
        inflater.end();
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate",
                "permessage-deflate; client_max_window_bits",
                "foo, permessage-deflate; client_max_window_bits=10; server_max_window_bits=15",
                "permessage-deflate; server_max_window_bits=9, permessage-deflate",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
            })
    void agreesToWhatItCanKeep(String offer) {
        try (WsServer server = server();
                RawWebSocket socket = server.connect(OFFER + offer)) {
            assertThat(socket.answer().headers().first("Sec-WebSocket-Extensions"))
                    .isEqualTo(
                            "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=9",
                "permessage-deflate; server_max_window_bits",
                "permessage-deflate; client_max_window_bits=16",
                "permessage-deflate; unknown",
                "permessage-deflate; client_max_window_bits; client_max_window_bits",
                "permessage-deflate; server_no_context_takeover=1",
                "x-webkit-deflate-frame"
            })
    void declinesWhatItCannotKeep(String offer) {
        try (WsServer server = server();
                RawWebSocket socket = server.connect(OFFER + offer)) {
            assertThat(socket.answer().headers().has("Sec-WebSocket-Extensions")).isFalse();
            socket.send(frame(FIN | RSV1 | TEXT, deflated("a")));
            assertThat(socket.readClose().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void isOffUnlessConfigured() {
        try (WsServer server = new WsServer();
                RawWebSocket socket = server.connect(OFFER + "permessage-deflate")) {
            assertThat(socket.answer().headers().has("Sec-WebSocket-Extensions")).isFalse();
        }
    }

    @Test
    void inflatesWhatComesAndDeflatesWhatIsWorthIt() throws Exception {
        try (WsServer server = server();
                RawWebSocket socket = server.connect(OFFER + "permessage-deflate")) {
            socket.text("plain");
            assertThat(socket.readText()).isEqualTo("plain");
            socket.send(frame(FIN | RSV1 | TEXT, deflated("short")));
            assertThat(socket.readText()).isEqualTo("short");
            for (String text : new String[] {"x".repeat(60_000), "äöü 😀 ".repeat(40)}) {
                socket.send(frame(FIN | RSV1 | TEXT, deflated(text)));
                RawWebSocket.Frame echo = socket.read();
                assertThat(echo.first()).isEqualTo(FIN | RSV1 | TEXT);
                assertThat(echo.payload().length).isLessThan(text.length() / 2);
                assertThat(inflated(echo.payload())).isEqualTo(text);
            }
        }
    }

    @Test
    void inflatesMessagesInPieces() {
        try (WsServer server = server();
                RawWebSocket socket = server.connect(OFFER + "permessage-deflate")) {
            byte[] all = deflated("in pieces");
            socket.send(frame(RSV1 | TEXT, Arrays.copyOf(all, 3)));
            socket.send(frame(FIN, Arrays.copyOfRange(all, 3, all.length)));
            assertThat(socket.readText()).isEqualTo("in pieces");
            socket.send(frame(RSV1 | TEXT, Arrays.copyOf(all, 3)));
            socket.send(frame(FIN | RSV1, Arrays.copyOfRange(all, 3, all.length)));
            assertThat(socket.readClose().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void endsABombWith1009AtTheLimit() {
        byte[] bomb = deflated(new byte[40_000_000]);
        assertThat(bomb.length).isLessThan(64 * 1024);
        try (WsServer server = server()) {
            try (RawWebSocket whole = server.connect(OFFER + "permessage-deflate")) {
                whole.send(frame(FIN | RSV1 | RawWebSocket.BINARY, bomb));
                assertThat(whole.readClose().closeCode()).isEqualTo(1009);
            }
            try (RawWebSocket pieces = server.connect(OFFER + "permessage-deflate")) {
                int half = bomb.length / 2;
                pieces.send(frame(RSV1 | RawWebSocket.BINARY, Arrays.copyOf(bomb, half)));
                pieces.send(frame(FIN, Arrays.copyOfRange(bomb, half, bomb.length)));
                assertThat(pieces.readClose().closeCode()).isEqualTo(1009);
            }
            try (RawWebSocket large = server.connect(OFFER + "permessage-deflate")) {
                large.send(RawWebSocket.header(FIN | RSV1 | RawWebSocket.BINARY, 200_000, 8));
                assertThat(large.readClose().closeCode()).isEqualTo(1009);
            }
        }
    }

    @Test
    void endsWhatDoesNotInflateOrIsNotUtf8With1007() {
        try (WsServer server = server()) {
            try (RawWebSocket socket = server.connect(OFFER + "permessage-deflate")) {
                socket.send(frame(FIN | RSV1 | TEXT, new byte[] {-1, -1, -1, -1}));
                assertThat(socket.readClose().closeCode()).isEqualTo(1007);
            }
            try (RawWebSocket socket = server.connect(OFFER + "permessage-deflate")) {
                socket.send(frame(FIN | RSV1 | TEXT, deflated(new byte[] {'a', -1})));
                assertThat(socket.readClose().closeCode()).isEqualTo(1007);
            }
        }
    }
}
