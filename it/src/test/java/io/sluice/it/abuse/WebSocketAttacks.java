package io.sluice.it.abuse;

import static io.sluice.testkit.RawWebSocket.FIN;
import static io.sluice.testkit.RawWebSocket.RSV1;
import static io.sluice.testkit.RawWebSocket.frame;
import static io.sluice.testkit.RawWebSocket.header;

import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;

/// Clients that want to break the gateway through its WebSockets. Each ends when the gateway has ended it, and gives the
/// close code.
final class WebSocketAttacks {
    private static final int TEXT = RawWebSocket.TEXT;
    private static final int CONTINUATION = RawWebSocket.CONTINUATION;
    private static final int PING = RawWebSocket.PING;
    private static final int BOMB = 200 * 1024 * 1024;
    private static final int LARGEST = 64 * 1024;
    private static final int BURST = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final byte[] bomb = deflated(BOMB);
    private final AtomicInteger names = new AtomicInteger();

    /// @param code the only one the gateway may end it with
    record Attack(String name, int code, Callable<Integer> action) {}

    WebSocketAttacks(int port) {
        this.port = port;
    }

    /// One of each kind.
    List<Attack> all() {
        return List.of(
                new Attack("deflate bomb", 1009, () -> bomb(LARGEST)),
                new Attack("deflate bomb over the limit", 1009, () -> bomb(BOMB)),
                new Attack("deflate bomb in pieces", 1009, this::bombInPieces),
                new Attack("no deflate at all", 1007, this::noDeflate),
                new Attack("endless fragments", 1009, this::endlessFragments),
                new Attack("empty fragments", 1008, this::emptyFragments),
                new Attack("half a frame", 1008, () -> ends(header(FIN | TEXT, 5, 0))),
                new Attack("half a message", 1008, () -> ends(frame(TEXT, "{"))),
                new Attack("half a header", 1008, () -> ends(new byte[] {(byte) 0x81})),
                new Attack("pings", 1008, () -> ends(repeated(frame(FIN | PING, "x"), 20_000))),
                new Attack("no JSON", 1008, () -> ends(repeated(text("{bad"), 1_000))),
                new Attack("unmasked", 1002, () -> ends(new byte[] {(byte) 0x81, 1, 'a'})),
                new Attack("reserved opcode", 1002, () -> ends(frame(FIN | 3, "a"))),
                new Attack("long ping", 1002, () -> ends(frame(FIN | PING, "x".repeat(126)))),
                new Attack("bad text", 1007, () -> ends(frame(FIN | TEXT, new byte[] {-64}))),
                new Attack("announced", 1009, () -> ends(header(FIN | TEXT, 1L << 40, 8))),
                new Attack("metas of sessions", 1008, this::metas),
                new Attack("groups", 1008, this::groups),
                new Attack("large names", 1008, this::largeNames),
                new Attack("rooms", 1008, this::rooms),
                new Attack("joins", 1008, this::joins));
    }

    RawWebSocket rt(String... fields) {
        return patient(RawWebSocket.open(port, "/rt", fields));
    }

    RawWebSocket chat(String user) {
        return patient(RawWebSocket.open(port, "/chat?token=" + ChatTokens.of(user)));
    }

    /// A client of rt that reads little by itself.
    RawWebSocket narrow() {
        return patient(RawWebSocket.over(RawClient.connectNarrow(port, 4096), "/rt"));
    }

    private static RawWebSocket patient(RawWebSocket socket) {
        socket.client().patience(PATIENCE);
        return socket;
    }

    private int ends(byte[] bytes) {
        try (RawWebSocket socket = rt()) {
            return socket.send(bytes).readClose().closeCode();
        }
    }

    private int bomb(int bytes) {
        byte[] payload = java.util.Arrays.copyOf(bomb, Math.min(bytes, bomb.length));
        try (RawWebSocket socket = rt("Sec-WebSocket-Extensions: permessage-deflate")) {
            byte[] frame =
                    bytes > LARGEST
                            ? header(FIN | RSV1 | TEXT, payload.length, 8)
                            : frame(FIN | RSV1 | TEXT, payload);
            return socket.send(frame).readClose().closeCode();
        }
    }

    private int bombInPieces() {
        try (RawWebSocket socket = rt("Sec-WebSocket-Extensions: permessage-deflate")) {
            int piece = 8 * 1024;
            for (int i = 0; i < 6; i++) {
                byte[] part = java.util.Arrays.copyOfRange(bomb, i * piece, (i + 1) * piece);
                int first = (i == 0 ? RSV1 | TEXT : CONTINUATION) | (i == 5 ? FIN : 0);
                socket.send(frame(first, part));
            }
            return socket.readClose().closeCode();
        }
    }

    private int noDeflate() {
        try (RawWebSocket socket = rt("Sec-WebSocket-Extensions: permessage-deflate")) {
            return socket.send(frame(FIN | RSV1 | TEXT, "\u0007no deflate"))
                    .readClose()
                    .closeCode();
        }
    }

    private int endlessFragments() {
        byte[] kibibyte = "x".repeat(1024).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (RawWebSocket socket = rt()) {
            socket.send(frame(TEXT, kibibyte));
            return socket.send(repeated(frame(CONTINUATION, kibibyte), 64)).readClose().closeCode();
        }
    }

    private int emptyFragments() {
        try (RawWebSocket socket = rt()) {
            socket.send(frame(TEXT, ""));
            return socket.send(repeated(frame(CONTINUATION, ""), 2_000)).readClose().closeCode();
        }
    }

    /// What each of them asks to be remembered is some 2 MiB as a tree.
    private int metas() {
        String zeros = "0,".repeat(30_000);
        return floods(
                rt(),
                i ->
                        "{\"type\":\"data_update\",\"groupId\":\"busy\",\"sessionId\":\"s"
                                + names.incrementAndGet()
                                + "\",\"payload\":{\"meta\":["
                                + zeros
                                + "0]}}");
    }

    private int groups() {
        String large = "x".repeat(60_000);
        return floods(
                rt(),
                i ->
                        "{\"type\":\"data_update\",\"groupId\":\"g"
                                + names.incrementAndGet()
                                + "\",\"payload\":\""
                                + large
                                + "\"}");
    }

    private int largeNames() {
        String large = "x".repeat(60_000);
        return floods(
                rt(),
                i ->
                        "{\"type\":\"identify\",\"payload\":{\"groupId\":\"g"
                                + names.incrementAndGet()
                                + (i % 2 == 0 ? large + "\"" : "\",\"metadata\":\"" + large + "\"")
                                + "}}");
    }

    private int rooms() {
        String large = "x".repeat(60_000);
        return floods(
                chat("mallory-" + names.incrementAndGet()),
                i ->
                        "{\"type\":\"message\",\"roomId\":\"r"
                                + names.incrementAndGet()
                                + "\",\"dedupeKey\":\""
                                + large.substring(0, 200)
                                + "\",\"content\":\""
                                + large
                                + "\"}");
    }

    private int joins() {
        return floods(
                chat("eve-" + names.incrementAndGet()),
                i -> "{\"type\":\"join\",\"roomId\":\"r" + names.incrementAndGet() + "\"}");
    }

    private interface Flood {
        String frame(int number);
    }

    /// As much as may come at once, and then too much.
    private static int floods(RawWebSocket socket, Flood flood) {
        try (socket) {
            for (int i = 0; i < BURST; i++) {
                socket.text(flood.frame(i));
            }
            socket.send(repeated(text("{\"type\":\"heartbeat\"}"), 1_000));
            return socket.readClose().closeCode();
        }
    }

    private static byte[] text(String text) {
        return frame(FIN | TEXT, text);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        return all.toByteArray();
    }

    private static byte[] deflated(int zeros) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[1 << 20];
        byte[] room = new byte[1 << 16];
        for (int done = 0; done < zeros; done += block.length) {
            deflater.setInput(block);
            int made = deflater.deflate(room);
            while (made > 0) {
                out.write(room, 0, made);
                made = deflater.deflate(room);
            }
        }
        deflater.finish();
        out.write(room, 0, deflater.deflate(room));
        deflater.end();
        return out.toByteArray();
    }
}
