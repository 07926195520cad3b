package io.sluice.bench;

import io.sluice.bench.process.Commands;
import io.sluice.bench.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A peer that was started and answers.
record Running(Peer peer, Process process, int port) implements AutoCloseable {
    /// Starts a peer on a free port and waits until it accepts.
    ///
    /// @param values replace `${name}` in the configuration template
    static Running start(Peer peer, Path folder, int core, Map<String, String> values) {
        Running running = launch(peer, folder, core, values, Ports.free());
        Ports.await(running.process, running.port, peer.name());
        return running;
    }

    /// Starts a peer on this port and does not wait for it.
    static Running launch(Peer peer, Path folder, int core, Map<String, String> values, int port) {
        try {
            String name = peer.name().replaceAll("\\W+", "-");
            Path config = folder.resolve(name + "-" + Path.of(peer.config()).getFileName());
            String text = template(peer.config()).replace("${port}", Integer.toString(port));
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            Files.writeString(config, text);
            List<String> command =
                    peer.command().stream()
                            .map(word -> word.equals("CONFIG") ? config.toString() : word)
                            .toList();
            Process process =
                    Commands.start(core, folder.resolve(config.getFileName() + ".log"), command);
            return new Running(peer, process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String template(String name) throws IOException {
        try (InputStream in = Running.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no template " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String url(Case row) {
        return row.scheme() + "://127.0.0.1:" + port + row.path();
    }

    @Override
    public void close() {
        Commands.stop(process);
    }
}
