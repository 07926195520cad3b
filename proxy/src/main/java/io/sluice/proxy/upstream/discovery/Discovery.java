package io.sluice.proxy.upstream.discovery;

/// A source of services that is looking.
public interface Discovery extends AutoCloseable {

    /// Ends the looking; what it still tells is not heard any more. Off the loops.
    @Override
    void close();
}
