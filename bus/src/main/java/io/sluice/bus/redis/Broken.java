package io.sluice.bus.redis;

/// A connection, or a command on it, that did not work.
final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String why) {
        super(why, null, false, false);
    }

    /// Why, without secrets.
    String why() {
        String message = getMessage();
        return message == null ? "unknown" : message;
    }
}
