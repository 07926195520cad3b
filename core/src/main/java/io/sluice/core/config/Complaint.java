package io.sluice.core.config;

/// One thing the loader has to say about a configuration.
///
/// @param severity an ERROR refuses the configuration, a WARNING does not
/// @param file as the user named it, or `environment` or `--set`
/// @param line 1-based line in that file, 0 when there is none
/// @param path dotted key path from the root, list items as `rules[2]`; empty for the text as a whole
/// @param message what is wrong, what was expected, and the nearest known key where that helps
public record Complaint(Severity severity, String file, int line, String path, String message) {

    /// Whether the configuration can be used in spite of it.
    public enum Severity {
        ERROR,
        WARNING
    }

    /// As a line for the terminal, where a warning is called one.
    public String asLine() {
        return severity == Severity.WARNING ? "warning: " + this : toString();
    }

    @Override
    public String toString() {
        String place = line > 0 ? file + ":" + line : file;
        return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
