package io.sluice.bench.realtime;

import io.sluice.bench.process.Commands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A running load client. Its connections stay open from command to command, and it reads on in between.
public final class Client implements AutoCloseable {
    private static final int CORE = 1;
    private static final int END_SECONDS = 5;

    private final Process process;
    private final BufferedReader answers;
    private final Path log;

    private Client(Process process, Path log) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
        this.log = log;
    }

    /// @param arguments what the server is told, as `key=value`
    static Client start(Programs programs, Server server, List<String> arguments) {
        return start(programs, server.ports(), arguments);
    }

    /// @param ports of the server
    public static Client start(Programs programs, List<Integer> ports, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(programs.client().toString());
        command.add("port=" + ports.stream().map(String::valueOf).collect(Collectors.joining(",")));
        command.addAll(arguments);
        Path log = programs.folder().resolve("client-" + ports.getFirst() + ".log");
        return new Client(Commands.converse(CORE, log, command), log);
    }

    /// Says one line and waits for the answer, however long the command takes.
    ///
    /// @throws IllegalStateException with its last words when the client has ended
    public Answer ask(String command) {
        try {
            OutputStream out = process.getOutputStream();
            out.write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            String line = answers.readLine();
            if (line != null) {
                return Answer.parse(line);
            }
        } catch (IOException ended) {
            // Its log says why.
        }
        throw new IllegalStateException(lastWords());
    }

    private String lastWords() {
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            return Files.readString(log).strip();
        } catch (IOException e) {
            return "the client has ended";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() {
        Commands.stop(process);
    }
}
