package io.sluice.net.sse;

import io.sluice.net.http.Ending;

/// Hears one [SseStream]. All calls on its loop.
public interface SseListener {

    /// The stream is open, and this is the first call. What is written here leaves in one packet with the head of the
    /// answer; no flush is needed.
    void opened(SseStream stream);

    /// What waits to be sent has shrunk to a small rest (32 KiB) after it was more than 64 KiB.
    default void drained() {}

    /// The listener drains: write what is left to say and [SseStream#close].
    void drain();

    /// The stream is over. Once, the last call, and never from within a call to the stream.
    ///
    /// @param how COMPLETE after [SseStream#close], CUT when we broke it off, else CLIENT_GONE
    void closed(Ending how);
}
