package io.sluice.net.dial;

import io.sluice.net.http.RequestHead;

/// An open connection to an origin, bound to the loop that dialled it. One call at a time over HTTP/1.1, many over
/// HTTP/2.
public interface OriginConnection {

    /// How many more calls may be started now: 0 or 1 over HTTP/1.1, up to the peer's stream limit over HTTP/2; 0 for
    /// ever once the connection is closing.
    int capacity();

    /// Calls that were completed on this connection; above 0 means it was reused.
    int completedCalls();

    /// How long the origin said it keeps this connection while it is idle (`Keep-Alive: timeout=N`), in nanoseconds;
    /// `Long.MAX_VALUE` when it did not say.
    default long announcedIdleNanos() {
        return Long.MAX_VALUE;
    }

    /// Starts a call. The head is ready for the wire: hop-by-hop fields gone, forwarding fields set, authority as it
    /// shall be sent. The codec adds framing from `bodyLength`.
    ///
    /// @param bodyLength bytes that will go into [OriginCall#body()]; 0 for none, -1 when not known
    /// @param listener told on the loop; never before this method returned
    OriginCall send(RequestHead head, long bodyLength, AnswerListener listener);

    /// Closes now; open calls fail.
    void close();

    boolean open();

    /// Sets what to run once, on the loop, when the connection has closed or may take no more calls.
    void onClose(Runnable listener);
}
