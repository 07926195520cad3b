package io.sluice.testkit;

import java.util.concurrent.atomic.AtomicInteger;

/// What an origin has seen since it started. Safe on any thread.
public final class OriginCounts {
    final AtomicInteger connections = new AtomicInteger();
    final AtomicInteger openConnections = new AtomicInteger();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger openRequests = new AtomicInteger();
    final AtomicInteger cancelled = new AtomicInteger();

    OriginCounts() {}

    /// Accepted connections, failed TLS handshakes included.
    public int connections() {
        return connections.get();
    }

    public int openConnections() {
        return openConnections.get();
    }

    /// Requests whose head was read.
    public int requests() {
        return requests.get();
    }

    public int openRequests() {
        return openRequests.get();
    }

    /// Requests that ended by an exception before their answer was complete: the client went away.
    public int cancelled() {
        return cancelled.get();
    }
}
