package io.sluice.core.fail;

import java.util.Map;

/// One expected failure, as a value.
///
/// @param kind what went wrong
/// @param message one sentence for the client; never holds secrets, stack traces or internal addresses
/// @param status HTTP status to answer with; [FailureKind#status()] unless the configuration says otherwise
/// @param retryAfterSeconds when it is worth asking again, as far as anybody can tell; 0 when nobody can
/// @param details extra fields for the error body's `details`; empty when there are none
public record Failure(
        FailureKind kind,
        String message,
        int status,
        int retryAfterSeconds,
        Map<String, String> details) {

    public Failure {
        details = Map.copyOf(details);
    }

    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, message, kind.status(), 0, Map.of());
    }

    public Failure withStatus(int newStatus) {
        return new Failure(kind, message, newStatus, retryAfterSeconds, details);
    }

    /// The same, worth another try after so many seconds.
    public Failure retryAfter(int seconds) {
        return new Failure(kind, message, status, seconds, details);
    }
}
