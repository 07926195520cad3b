package io.sluice.proxy.upstream;

/// How one call to an instance ended, as far as the instance is to blame.
public enum CallResult {
    /// Answered with a status below 500, and the answer came whole.
    SUCCESS,
    /// Answered with a status of 500 or above.
    SERVER_ERROR,
    /// No connection could be opened.
    CONNECT_FAILED,
    /// The connection broke or the reply was malformed, before or after the reply's head.
    BROKEN,
    /// One of our clocks ran out while waiting for the instance.
    TIMEOUT,
    /// Ended from our side: client gone, request refused by a limit. Says nothing about the instance.
    CANCELLED;

    /// Whether it counts against the instance.
    public boolean failure() {
        return this != SUCCESS && this != CANCELLED;
    }

    /// Whether a whole answer came.
    public boolean answered() {
        return this == SUCCESS || this == SERVER_ERROR;
    }
}
