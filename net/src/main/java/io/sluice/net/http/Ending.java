package io.sluice.net.http;

/// How an exchange ended.
public enum Ending {
    /// The whole answer was written to the connection.
    COMPLETE,
    /// We ended it after the head was sent, because the source of the body broke or a limit was passed.
    CUT,
    /// The client closed the connection or reset the stream.
    CLIENT_GONE
}
