package io.sluice.bench.realtime;

import io.sluice.bench.process.Commands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The programs that the bench makes itself: compiled from `bench/c`, installed for `bench/node`, unpacked from a jar.
///
/// @param root the checkout
/// @param folder takes what is made, and logs
public record Programs(Path root, Path folder) {
    private static final int CORE = 1;
    private static final int LIMIT_SECONDS = 120;
    private static final List<String> CLIENT =
            List.of(
                    "client",
                    "sockets",
                    "text",
                    "drive",
                    "shake",
                    "offer",
                    "calls",
                    "rejoin",
                    "histogram",
                    "frame");
    private static final List<String> LOOP = List.of("loop", "frame");

    /// Compiles client and loop.
    ///
    /// @return why it is impossible, or null
    public @Nullable String compile() {
        if (!Commands.installed("cc")) {
            return "no C compiler (Debian: apt-get install gcc libc6-dev)";
        }
        String printed = cc(client(), CLIENT) + cc(loop(), LOOP);
        return Files.isExecutable(client()) && Files.isExecutable(loop()) ? null : printed;
    }

    private String cc(Path program, List<String> sources) {
        List<String> command = new ArrayList<>(List.of("cc", "-O2", "-D_GNU_SOURCE", "-o"));
        command.add(program.toString());
        sources.forEach(source -> command.add(root.resolve("bench/c/" + source + ".c").toString()));
        return Commands.run(CORE, LIMIT_SECONDS, command);
    }

    Path client() {
        return folder.resolve("client");
    }

    Path loop() {
        return folder.resolve("loop");
    }

    /// Installs the Node servers' packages the first time, as the lock file names them.
    ///
    /// @return why it is impossible, or null
    @Nullable String installNode() {
        if (!Commands.installed("node") || !Commands.installed("npm")) {
            return "no Node (Debian: apt-get install nodejs npm)";
        }
        Path home = Path.of(node());
        Path done = home.resolve("node_modules/.package-lock.json");
        if (Files.exists(done)) {
            return null;
        }
        String printed =
                Commands.run(
                        CORE,
                        LIMIT_SECONDS,
                        List.of("npm", "ci", "--ignore-scripts", "--prefix", home.toString()));
        return Files.exists(done) ? null : printed;
    }

    /// @return why nginx cannot load nchan, or null
    @Nullable String missingNchan() {
        if (!Commands.installed("nginx")) {
            return "no nginx (Debian: apt-get install nginx-light libnginx-mod-nchan)";
        }
        String printed =
                Commands.run(
                        CORE,
                        LIMIT_SECONDS,
                        List.of(
                                "nginx",
                                "-t",
                                "-e",
                                "/dev/null",
                                "-c",
                                "/dev/null",
                                "-g",
                                "load_module " + nchan() + ";"));
        return printed.contains("dlopen")
                ? "no nchan (Debian: apt-get install libnginx-mod-nchan)"
                : null;
    }

    /// The module as nginx is told it; `NCHAN_MODULE` names it when it lies elsewhere.
    static String nchan() {
        return System.getenv().getOrDefault("NCHAN_MODULE", "modules/ngx_nchan_module.so");
    }

    /// Folder of the Node servers.
    String node() {
        return root.resolve("bench/node").toString();
    }

    /// The Redis of the test fixtures, unpacked the first time.
    Path redis() {
        String name =
                System.getProperty("os.arch").equals("aarch64")
                        ? "/redis-server-6.2.7-linux-arm64"
                        : "/redis-server-6.2.6-v5-linux-amd64";
        Path program = folder.resolve("redis-server");
        try (InputStream in = Programs.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " on the class path");
            }
            if (!Files.exists(program)) {
                Files.copy(in, program);
                program.toFile().setExecutable(true);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
