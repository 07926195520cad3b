package io.sluice.app.wiring;

import io.sluice.core.config.Complaint;
import java.util.List;
import java.util.stream.Collectors;

/// Why the gateway could not start, in words for the terminal: one problem a line, no stack trace.
public final class StartFailure extends RuntimeException {
    /// A mistake in the configuration or on the command line.
    public static final int CONFIGURATION = 2;

    /// An address to listen on is taken.
    public static final int PORT_IN_USE = 3;

    private final int exitCode;

    public StartFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// For a configuration that cannot be used.
    public static StartFailure of(List<Complaint> complaints) {
        String lines =
                complaints.stream()
                        .map(Complaint::asLine)
                        .collect(Collectors.joining(System.lineSeparator()));
        return new StartFailure(CONFIGURATION, lines);
    }

    /// Exit code of the process, one of the constants above.
    public int exitCode() {
        return exitCode;
    }
}
