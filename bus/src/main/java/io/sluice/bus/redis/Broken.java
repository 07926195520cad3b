package io.sluice.bus.redis;

/// A connection, or a command on it, that did not work.
final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    /// Whether the server answered, and refused.
    enum Cause {
        CONNECTION,
        REFUSED
    }

    private final Cause kind;

    Broken(String why) {
        this(why, Cause.CONNECTION);
    }

    Broken(String why, Cause kind) {
        super(why, null, false, false);
        this.kind = kind;
    }

    /// Why, without secrets.
    String why() {
        String message = getMessage();
        return message == null ? "unknown" : message;
    }

    boolean isRefusal() {
        return kind == Cause.REFUSED;
    }
}
