package io.sluice.bench;

import io.sluice.bench.process.Heap;
import io.sluice.bench.process.Pause;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Memory of the gateway while 1 GiB passes through it to somebody who reads slowly.
final class LongStreams {
    private static final long SIZE = 1L << 30;
    private static final int PIECE = 256 * 1024;
    private static final int PAUSE_MILLIS = 4;

    private LongStreams() {}

    static List<Footprint.Row> measure(Peer sluice, Path folder, Map<String, String> values)
            throws IOException {
        try (OriginServer service = OriginServer.start("slow")) {
            service.on(
                    "/bench/up",
                    OriginHandlers.slowReader(
                            PIECE,
                            Duration.ofMillis(PAUSE_MILLIS),
                            OriginHandlers.json(200, "{}")));
            service.on("/bench/down", OriginHandlers.sized(SIZE));
            Map<String, String> own = new LinkedHashMap<>(values);
            own.put("origin", Integer.toString(service.port()));
            try (Running running = Running.start(sluice, folder, Runs.gatewayCore(), own)) {
                long before = Heap.usedKib(running.process());
                return List.of(
                        row("upload to a slow service", upload(running) - before),
                        row("download to a slow client", download(running) - before));
            }
        }
    }

    private static Footprint.Row row(String what, long growthKib) {
        return new Footprint.Row(
                "heap growth half-way through a 1 GiB " + what,
                growthKib / 1024 + " MiB",
                "< 64 MiB");
    }

    private static Socket connect(Running running) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), running.port());
    }

    private static void send(Socket socket, String head) throws IOException {
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /// Heap in use when half of the body was taken from us.
    private static long upload(Running running) throws IOException {
        long half = 0;
        try (Socket socket = connect(running)) {
            send(
                    socket,
                    "PUT /bench/up HTTP/1.1\r\nHost: bench\r\nContent-Length: "
                            + SIZE
                            + "\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (long sent = 0; sent < SIZE; sent += PIECE) {
                out.write(piece);
                if (sent == SIZE / 2) {
                    half = Heap.usedKib(running.process());
                }
            }
            expectOk(socket.getInputStream());
        }
        return half;
    }

    /// Heap in use when we have taken half of the body.
    private static long download(Running running) throws IOException {
        long half = 0;
        try (Socket socket = connect(running)) {
            send(socket, "GET /bench/down HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n");
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[PIECE];
            long received = 0;
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                received += count;
                if (half == 0 && received > SIZE / 2) {
                    half = Heap.usedKib(running.process());
                }
                Pause.millis(count == PIECE ? PAUSE_MILLIS : 1);
            }
            if (received < SIZE) {
                throw new IllegalStateException("download broke off after " + received + " bytes");
            }
        }
        return half;
    }

    private static void expectOk(InputStream in) throws IOException {
        String status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
        if (!status.endsWith("200")) {
            throw new IllegalStateException("upload was answered with " + status);
        }
    }
}
