package io.sluice.bus;

/// One listener at one name, until it is closed.
public interface Subscription extends AutoCloseable {

    /// Ends it. Returns at once, on any thread, also a second time. A delivery that has begun may still end after it;
    /// none begins.
    @Override
    void close();
}
