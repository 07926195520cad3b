package io.sluice.bench;

import io.sluice.bench.process.Cpu;
import io.sluice.bench.process.Heap;
import io.sluice.bench.process.Pause;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Memory of the gateway at rest: resident after start, and heap of one idle keep-alive connection.
final class Footprint {
    private static final int CONNECTIONS = 10_000;

    private Footprint() {}

    /// One line of the report.
    record Row(String what, String value, String goal) {}

    static List<Row> measure(Path root, Path folder, Origin origin) throws IOException {
        System.out.println("footprint: memory at rest");
        Case plain = Case.ALL.getFirst();
        Peer sluice =
                Peer.all(root).stream()
                        .filter(peer -> peer.name().equals(Peer.SLUICE))
                        .findFirst()
                        .orElseThrow();
        Map<String, String> values = Bench.values(folder, origin, plain);
        List<Row> rows = new ArrayList<>(atRest(sluice, folder, values));
        rows.addAll(LongStreams.measure(sluice, folder, values));
        rows.forEach(row ->
                System.out.printf("  %s: %s (goal %s)%n", row.what(), row.value(), row.goal()));
        return rows;
    }

    private static List<Row> atRest(Peer sluice, Path folder, Map<String, String> values)
            throws IOException {
        try (Running running = Running.start(sluice, folder, Runs.gatewayCore(), values)) {
            Pause.millis(3000);
            long idleKib = Cpu.residentKib(running.process().toHandle());
            exchange(running, 200).forEach(Footprint::closeQuietly);
            long before = Heap.usedKib(running.process());
            List<Socket> open = exchange(running, CONNECTIONS);
            long after = Heap.usedKib(running.process());
            open.forEach(Footprint::closeQuietly);
            double each = (after - before) / (double) CONNECTIONS;
            return List.of(
                    new Row(
                            "resident memory of the idle process",
                            idleKib / 1024 + " MiB",
                            "≤ 120 MiB"),
                    new Row(
                            "heap of one idle keep-alive connection (%,d open)"
                                    .formatted(CONNECTIONS),
                            "%.1f KiB".formatted(each),
                            "≤ 6 KiB"));
        }
    }

    private static List<Socket> exchange(Running running, int count) throws IOException {
        List<Socket> open = new ArrayList<>();
        byte[] request =
                "GET /bench/64 HTTP/1.1\r\nHost: bench\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.port());
            socket.getOutputStream().write(request);
            readAnswer(socket.getInputStream());
            open.add(socket);
        }
        return open;
    }

    private static void readAnswer(InputStream in) throws IOException {
        int matched = 0;
        byte[] end = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        while (matched < end.length) {
            int b = in.read();
            matched = b == end[matched] ? matched + 1 : b == end[0] ? 1 : 0;
        }
        in.readNBytes(64);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // It is closed, which is all that was wanted.
        }
    }
}
