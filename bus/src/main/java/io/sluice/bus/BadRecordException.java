package io.sluice.bus;

/// Thrown by a [RecordHandler] for a record that no further attempt can make good, such as one that does not parse.
public final class BadRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message what is wrong with it, without its content
    public BadRecordException(String message) {
        super(message, null, false, false);
    }
}
