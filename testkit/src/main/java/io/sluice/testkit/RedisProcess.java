package io.sluice.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/// A real Redis server on a free port of the loopback address, killed, hung and started again at will. Keeps
/// nothing over a restart unless started with append-only settings. Its folder is under `target/`.
public final class RedisProcess implements AutoCloseable {
    private final ChildProcess child;
    private final FreePorts ports = new FreePorts();
    private final int port;

    private RedisProcess(List<String> settings) {
        port = ports.next();
        Path folder = ChildProcess.folder("redis");
        List<String> command = new ArrayList<>(List.of(executable().toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toString(), "--save", ""));
        command.addAll(settings);
        child = new ChildProcess(command, folder);
    }

    /// Starts one and waits until it answers.
    ///
    /// @param settings more arguments, such as `--appendonly yes`
    public static RedisProcess start(String... settings) {
        RedisProcess redis = new RedisProcess(List.of(settings));
        redis.restart();
        return redis;
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public long pid() {
        return child.pid();
    }

    /// Starts it again on the same port, after [#kill], and waits until it answers.
    public void restart() {
        child.start();
        child.awaitReady(() -> answers(port));
    }

    /// Ends it at once (SIGKILL); connections are reset.
    public void kill() {
        child.kill();
    }

    /// Makes it hang (SIGSTOP): connections stay and take bytes, nothing answers.
    public void hang() {
        child.signal("STOP");
    }

    /// Lets it go on (SIGCONT).
    public void resume() {
        child.signal("CONT");
    }

    /// Sends one command over a connection of its own.
    ///
    /// @return the answer as text: a list as `[a, b]`, nothing as `nil`
    public String ask(String... command) {
        try {
            return RedisAsk.ask(port, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.kill();
        ports.close();
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(new byte[] {'P', 'I', 'N', 'G', '\r', '\n'});
            return socket.getInputStream().read() == '+';
        } catch (IOException _) {
            return false;
        }
    }

    /// The server that the library carries, unpacked once into `target/`.
    private static Path executable() {
        try {
            Path folder = Path.of("target", "redis-server").toAbsolutePath();
            Files.createDirectories(folder);
            File unpacked = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
            return unpacked.toPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
