package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;

/// Hears one [WebSocket]. All calls on its loop; what it throws is logged and closes the socket with 1011.
public interface WsListener {

    /// The socket is open, and this is the first call. What is written here leaves in one packet with the answer to the
    /// handshake; no flush is needed.
    void opened(WebSocket socket);

    /// A text message: UTF-8, checked. Valid during the call only; its bytes may be changed, and a retained part of it
    /// keeps a whole read buffer alive, so what is kept is copied.
    void text(ByteBuf payload);

    /// A binary message, under the same terms.
    void binary(ByteBuf payload);

    /// The client answered a ping, ours or one it made up.
    default void pong() {}

    /// Nothing more has arrived for now: the moment to flush what the messages led to.
    default void readComplete() {}

    /// What waits to be sent has shrunk to a small rest (32 KiB) after it was more than 64 KiB.
    default void drained() {}

    /// The listener drains: say goodbye and [WebSocket#close], usually with 1001.
    void drain();

    /// The socket is over, whoever ended it. Once, the last call, and never from within a call to the socket.
    ///
    /// @param code of the close frame that ended it; 1005 when it had none, 1006 when there was none
    void closed(WsEnd end, int code, String reason);
}
