package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/// A real Redis server on a free port of the loopback address, killed, hung and started again at will. Keeps
/// nothing over a restart unless started with append-only settings. Its folder is under `target/`.
public final class RedisProcess implements AutoCloseable {
    private static final String INSTALLED = "redis-server";
    private static final int CLUSTER_BUS = 10_000;
    private static final int SLOTS = 16_384;
    private static final Pattern VERSION = Pattern.compile("v=(\\d{1,4})\\.");

    private final ChildProcess child;
    private final FreePorts ports;
    private final int port;

    private RedisProcess(String executable, int port, FreePorts ports, List<String> settings) {
        this.port = port;
        this.ports = ports;
        Path folder = ChildProcess.folder("redis");
        List<String> command = new ArrayList<>(List.of(executable));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toString(), "--save", ""));
        command.addAll(settings);
        child = new ChildProcess(command, folder);
    }

    /// Starts one and waits until it answers.
    ///
    /// @param settings more arguments, such as `--appendonly yes`
    public static RedisProcess start(String... settings) {
        return start(carried().toString(), List.of(settings));
    }

    private static RedisProcess start(String executable, List<String> settings) {
        FreePorts ports = new FreePorts();
        RedisProcess redis = new RedisProcess(executable, ports.next(), ports, settings);
        redis.restart();
        return redis;
    }

    /// Starts one that is a node of a cluster, without other nodes and without slots.
    public static RedisProcess startForCluster() {
        List<String> settings = List.of("--cluster-enabled", "yes");
        FreePorts ports = new FreePorts();
        RedisProcess redis =
                new RedisProcess(carried().toString(), portForCluster(), ports, settings);
        redis.restart();
        return redis;
    }

    /// Nodes of a cluster talk at a port as many higher. Both are below those that connections are given.
    private static int portForCluster() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 22_700);
            if (isFree(port) && isFree(port + CLUSTER_BUS)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// Gives a node of a cluster its slots, and waits until it has heard that all have an owner.
    ///
    /// @param missing slots that are left out, from 0 on
    public void takeSlots(int missing) {
        List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        for (int slot = missing; slot < SLOTS; slot++) {
            command.add(Integer.toString(slot));
        }
        ask(command.toArray(String[]::new));
    }

    /// Starts the server that is installed on this machine.
    ///
    /// @return null when there is none of this version or newer
    public static @Nullable RedisProcess startInstalled(int version) {
        return installed() < version ? null : start(INSTALLED, List.of());
    }

    /// Version of the installed server, 0 when there is none.
    private static int installed() {
        try {
            Process asked = new ProcessBuilder(INSTALLED, "--version").start();
            String said = new String(asked.getInputStream().readAllBytes(), US_ASCII);
            Matcher version = VERSION.matcher(said);
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException none) {
            return 0;
        }
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
        return RedisAsk.ask(port, command);
    }

    @Override
    public void close() {
        child.kill();
        ports.close();
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(new byte[] {'P', 'I', 'N', 'G', '\r', '\n'});
            return socket.getInputStream().read() == '+';
        } catch (IOException _) {
            return false;
        }
    }

    /// The server that the library carries, unpacked once into `target/`.
    static Path carried() {
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
