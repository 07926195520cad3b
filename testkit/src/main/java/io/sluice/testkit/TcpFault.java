package io.sluice.testkit;

import java.time.Duration;

/// What a [TcpFaultProxy] does to the bytes that reach it, in both directions.
public sealed interface TcpFault {

    /// Nothing.
    record Pass() implements TcpFault {}

    /// The server is gone: open connections end with FIN, new ones are accepted and closed at once.
    record Down() implements TcpFault {}

    /// Open connections end with RST, new ones are reset once accepted.
    record Reset() implements TcpFault {}

    /// Nothing is delivered until another fault is set; then it goes on where it stopped.
    record Stall() implements TcpFault {}

    /// Everything is read and dropped.
    record BlackHole() implements TcpFault {}

    /// Delivered in pieces of at most `bytes`, with a pause after each.
    record Slice(int bytes, Duration pause) implements TcpFault {}

    /// Delivered so much later.
    record Lag(Duration by) implements TcpFault {}

    /// Each direction delivers this many bytes of the connection, then both ends are closed.
    record Cut(long afterBytes) implements TcpFault {}
}
