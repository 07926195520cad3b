package io.sluice.bus;

/// A message and its place.
///
/// @param payload shared, never changed
@SuppressWarnings(
        "ArrayRecordComponent") // compared by position only, and copying each message would cost
public record Numbered(Position position, byte[] payload, News news) {

    /// Whether listeners of this node have heard it.
    public enum News {
        NEW,
        /// This node served it itself while the server was gone, in an epoch of its own.
        HEARD_BEFORE
    }

    public Numbered(Position position, byte[] payload) {
        this(position, payload, News.NEW);
    }

    public Numbered heardBefore() {
        return new Numbered(position, payload, News.HEARD_BEFORE);
    }
}
