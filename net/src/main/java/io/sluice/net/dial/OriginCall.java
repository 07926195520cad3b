package io.sluice.net.dial;

import io.sluice.net.http.BodySink;

/// One request under way to an origin. Loop thread only.
public interface OriginCall {

    /// Where the request body goes; ended at once by the codec when the length is 0.
    BodySink body();

    /// Whether the whole request was handed to the socket.
    boolean requestWritten();

    /// Nobody wants the answer: resets the stream or closes the connection. The listener hears nothing more.
    void cancel();
}
