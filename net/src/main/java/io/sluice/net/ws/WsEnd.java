package io.sluice.net.ws;

/// Who ended a WebSocket.
public enum WsEnd {
    /// The client, with a close frame.
    BY_PEER,
    /// We did: asked by whoever listens, or because the client broke a rule.
    BY_US,
    /// Nobody said so: the connection just ended. The code is then 1006.
    LOST
}
