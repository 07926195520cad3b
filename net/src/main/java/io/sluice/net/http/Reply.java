package io.sluice.net.http;

import io.sluice.core.fail.Failure;
import org.jspecify.annotations.Nullable;

/// The way back to the client, implemented once per protocol. Called by [Exchange] only, on its loop.
public interface Reply {

    /// Writes and flushes an interim response (RFC 9110 15.2), status 100–199 but 101. Dropped for HTTP/1.0.
    void informational(ResponseHead head);

    /// Why this head must not be the answer; null when it may. Asked before [#begin].
    default @Nullable Failure objection(ResponseHead head) {
        return null;
    }

    /// Writes the head and gives the sink for the body. Sets the framing: length if the head has one, else chunks.
    BodySink begin(ResponseHead head);

    /// Writes the head, ends the exchange as complete and gives the connection, or the stream, away. See
    /// [Exchange#takeOver].
    default Tunnel takeOver(ResponseHead head) {
        throw new UnsupportedOperationException("this reply only gives answers");
    }

    /// No other request is taken on this connection, and the head will say so. Before [#begin]; without effect where a
    /// connection carries many requests at once.
    default void last() {}

    /// Ends the exchange so that the client sees it was not completed: closes the connection or resets the stream.
    void cut();
}
