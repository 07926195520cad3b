package io.sluice.bench.realtime;

import io.sluice.bench.process.Commands;
import io.sluice.bench.process.Cpu;
import io.sluice.bench.process.Ports;
import io.sluice.bench.process.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server under measurement: one process, or several nodes on one core, and the helpers that are not counted.
///
/// @param nodes counted
/// @param ports of the nodes
/// @param uncounted such as Redis
record Server(List<Process> nodes, List<Integer> ports, List<Process> uncounted)
        implements AutoCloseable {
    /// All servers share it.
    static final int CORE = 0;

    /// Starts the nodes of a contestant and waits until all accept.
    ///
    /// @throws IllegalStateException when one does not
    static Server start(Contestant contestant, Programs programs, int count) {
        Server server = new Server(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try {
            int redis = count > 1 ? server.startRedis(programs) : 0;
            for (int i = 0; i < count; i++) {
                server.startNode(contestant, programs, redis);
            }
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private int startRedis(Programs programs) {
        int port = Ports.free();
        List<String> command =
                List.of(
                        programs.redis().toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        programs.folder().toString());
        Process process = Commands.start(CORE, programs.folder().resolve("redis.log"), command);
        uncounted.add(process);
        Ports.await(process, port, "Redis");
        return port;
    }

    private void startNode(Contestant contestant, Programs programs, int redis) {
        int port = Ports.free();
        String name = contestant.name().replaceAll("\\W+", "-") + "-" + port;
        Map<String, String> values =
                Map.ofEntries(
                        Map.entry("port", Integer.toString(port)),
                        Map.entry("redis", Integer.toString(redis)),
                        Map.entry("folder", programs.folder().toString()),
                        Map.entry("loop", programs.loop().toString()),
                        Map.entry("node", programs.node()),
                        Map.entry("nchan", Programs.nchan()),
                        Map.entry("root", programs.root().toString()),
                        Map.entry("jwt_secret", Token.SECRET),
                        Map.entry("api_key", Contestants.API_KEY),
                        Map.entry("config", programs.folder().resolve(name + ".conf").toString()));
        Templates templates = new Templates(values);
        if (!contestant.config().isEmpty()) {
            write(Path.of(templates.fill("${config}")), templates.fill(text(contestant.config())));
        }
        List<String> command = contestant.command().stream().map(templates::fill).toList();
        Process process = Commands.start(CORE, programs.folder().resolve(name + ".log"), command);
        nodes.add(process);
        ports.add(port);
        Ports.await(process, port, contestant.name());
    }

    private static String text(String resource) {
        try (InputStream in = Contestant.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no template " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// User and system seconds of all nodes since their start.
    double cpuSeconds() {
        return nodes.stream().mapToDouble(node -> Cpu.seconds(node.toHandle())).sum();
    }

    long residentKib() {
        return nodes.stream().mapToLong(node -> Cpu.residentKib(node.toHandle())).sum();
    }

    @Override
    public void close() {
        nodes.forEach(Commands::stop);
        uncounted.forEach(Commands::stop);
    }
}
