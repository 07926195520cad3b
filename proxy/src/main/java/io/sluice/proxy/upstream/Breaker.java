package io.sluice.proxy.upstream;

/// Stops passing requests on while a service fails. Asked once per exchange, before its first attempt; retries are
/// inside it. Any loop, several at once.
public interface Breaker {
    /// Whether the exchange may go on. True takes a permit that [#release] gives back exactly once.
    boolean tryAcquire();

    /// The exchange is over.
    ///
    /// @param result of its last attempt; CANCELLED gives the permit back and counts for nothing
    void release(CallResult result);

    /// Lets everything through.
    static Breaker none() {
        return NoBreaker.INSTANCE;
    }
}
