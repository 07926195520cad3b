package io.sluice.realtime.dialect.chat;

/// What an error frame may say. The constant is `payload.code`, the text `payload.message`.
public enum ChatError {
    BAD_JSON("Unable to parse message"),
    UNKNOWN_TYPE("Unsupported type"),
    INVALID_ROOM("Invalid roomId"),
    /// Content, emoji, message id or action are missing or of the wrong type.
    INVALID_MESSAGE("Invalid message"),
    INVALID_STATUS("Invalid status"),
    INVALID_TOKEN("Invalid token"),
    NOT_A_MEMBER("Not a member of this room"),
    TOO_LARGE("Too large"),
    /// The connection is in as many rooms as it may be.
    TOO_MANY_ROOMS("Too many rooms"),
    RATE_LIMITED("Too many frames"),
    DUPLICATE("Sent before"),
    /// What the frame needs is out of reach for now; sending it again later may help.
    UNAVAILABLE("Not available at the moment");

    private final String message;

    ChatError(String message) {
        this.message = message;
    }

    /// One sentence for people, without full stop.
    public String message() {
        return message;
    }
}
