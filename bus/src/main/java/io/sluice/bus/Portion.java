package io.sluice.bus;

/// How much of a numbered topic is handed out at once.
///
/// @param messages at most so many
/// @param bytes of payload, at most so many
public record Portion(int messages, long bytes) {

    /// So many messages, however large.
    public static Portion of(int messages) {
        return new Portion(messages, Long.MAX_VALUE);
    }
}
