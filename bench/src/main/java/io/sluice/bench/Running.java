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
        try {
            int port = Ports.free();
            Path config = folder.resolve(peer.name().replaceAll("\\W+", "-") + "-" + peer.config());
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
            Ports.await(process, port, peer.name());
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
