package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A real Redis Sentinel on a free port of the loopback address, which alone decides that the master it watches is
/// gone, half a second after it fell silent. Its folder is under `target/`.
public final class RedisSentinel implements AutoCloseable {
    private static final String MASTER = "main";

    private final FreePorts ports = new FreePorts();
    private final int port = ports.next();
    private final ChildProcess child;

    private RedisSentinel(int master) {
        Path folder = ChildProcess.folder("sentinel");
        Path settings = settings(folder, master);
        child =
                new ChildProcess(
                        List.of(
                                RedisProcess.carried().toString(),
                                settings.toString(),
                                "--sentinel"),
                        folder);
        child.start();
        child.awaitReady(() -> RedisProcess.answers(port));
    }

    /// Starts one, and waits until it knows the master and its replica.
    public static RedisSentinel over(RedisProcess master) {
        RedisSentinel sentinel = new RedisSentinel(master.port());
        sentinel.child.awaitReady(() ->
                RedisAsk.ask(sentinel.port, "SENTINEL", "replicas", MASTER)
                        .contains("master-link-status, ok"));
        return sentinel;
    }

    private Path settings(Path folder, int master) {
        String text =
                """
                port %1$d
                bind 127.0.0.1
                dir "%2$s"
                sentinel monitor %3$s 127.0.0.1 %4$d 1
                sentinel down-after-milliseconds %3$s 500
                sentinel failover-timeout %3$s 3000
                """
                        .formatted(port, folder, MASTER, master);
        try {
            return Files.writeString(folder.resolve("sentinel.conf"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /// For a client that asks it for the master.
    ///
    /// @param others more addresses, `host:port`, asked before it
    public URI uri(String... others) {
        String before = others.length == 0 ? "" : String.join(",", others) + ",";
        return URI.create("redis-sentinel://" + before + "127.0.0.1:" + port + "#" + MASTER);
    }

    /// Makes the replica the master while both live.
    public void failOver() {
        RedisAsk.ask(port, "SENTINEL", "failover", MASTER);
    }

    /// The port of the master it names.
    public int master() {
        String[] address =
                RedisAsk.ask(port, "SENTINEL", "get-master-addr-by-name", MASTER)
                        .replaceAll("[\\[\\] ]", "")
                        .split(",", 2);
        return Integer.parseInt(address[1]);
    }

    @Override
    public void close() {
        child.kill();
        ports.close();
    }
}
