package io.sluice.realtime.dialect.chat;

/// The two ways of writing the same protocol. A client is answered in the one it writes.
public enum ChatProfile {
    /// `{type, payload: {roomId, …}}` in both directions.
    README("payload"),
    /// `{type, roomId, …}` from the client, `{type, data: {…}}` or `{type, payload: {…}}` to it.
    FLAT("data");

    private final String eventField;

    ChatProfile(String eventField) {
        this.eventField = eventField;
    }

    /// Field that holds a message or another event of the chat services.
    String eventField() {
        return eventField;
    }
}
