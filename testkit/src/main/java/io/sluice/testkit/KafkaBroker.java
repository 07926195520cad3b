package io.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real Kafka broker, one node that is also its own controller, in a JVM of its own on free ports of the loopback
/// address; killed, hung and started again at will with its records kept. Its jars come from the test's class path,
/// so the module that uses it has `kafka_2.13` in test scope. Its folder is under `target/`.
public final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER = "sluiceTestClusterAAAAA";

    private static final String STORAGE = "kafka.tools.StorageTool";

    private final FreePorts ports = new FreePorts();
    private final int port;
    private final ChildProcess child;

    private KafkaBroker() {
        port = ports.next();
        Path folder = ChildProcess.folder("kafka");
        Path settings = settings(folder, port, ports.next());
        ChildProcess format =
                new ChildProcess(
                        java(folder, STORAGE, "format", "-t", CLUSTER, "-c", settings), folder);
        format.start();
        format.awaitEnd();
        child = new ChildProcess(java(folder, "kafka.Kafka", settings), folder);
    }

    /// Starts one and waits until it takes connections.
    public static KafkaBroker start() {
        KafkaBroker broker = new KafkaBroker();
        broker.restart();
        return broker;
    }

    /// `host:port` to connect to.
    public String address() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return child.pid();
    }

    /// Starts it again on the same port with its records, after [#kill], and waits until it takes connections.
    public void restart() {
        child.start();
        child.awaitReady(() -> accepts(port));
    }

    /// Ends it at once (SIGKILL).
    public void kill() {
        child.kill();
    }

    /// Makes it hang (SIGSTOP).
    public void hang() {
        child.signal("STOP");
    }

    /// Lets it go on (SIGCONT).
    public void resume() {
        child.signal("CONT");
    }

    @Override
    public void close() {
        child.kill();
        ports.close();
    }

    private static List<String> java(Path folder, String main, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("-Dlogback.configurationFile=" + silence(folder));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /// Whatever logging the class path brings says nothing.
    private static Path silence(Path folder) {
        return write(
                folder.resolve("silent.xml"),
                "<configuration><root level=\"OFF\"/></configuration>");
    }

    private static Path settings(Path folder, int port, int controller) {
        String text =
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                num.partitions=1
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                log.cleaner.dedupe.buffer.size=2097152
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                """
                        .formatted(port, controller, folder.resolve("data"));
        return write(folder.resolve("server.properties"), text);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean accepts(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
