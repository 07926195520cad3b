package io.sluice.proxy.upstream;

/// Stops passing requests on while a service fails. Asked once per exchange, before its first attempt; retries are
/// inside it. Any loop, several at once.
public interface Breaker {
    /// What [#tryAcquire] answers when the exchange must not go on.
    long REFUSED = 0;

    /// A permit to go on, to be given back to [#release] exactly once, or [#REFUSED]. The permit names the breaker's
    /// state when it was given, so a call that ends after a change of state says nothing about the new one.
    long tryAcquire();

    /// Seconds, at least 1, after which a refused exchange is worth another try.
    int retryAfterSeconds();

    /// The answer began well and may go on for as long as the client wants it: for a trial that is enough.
    ///
    /// @param permit what [#tryAcquire] gave
    /// @return what is to be given back at the end; [#REFUSED] when nothing is
    default long streaming(long permit) {
        return permit;
    }

    /// The exchange is over.
    ///
    /// @param permit what [#tryAcquire] gave
    /// @param result of its last attempt; CANCELLED gives the permit back and counts for nothing
    void release(long permit, CallResult result);

    /// Lets everything through.
    static Breaker none() {
        return NoBreaker.INSTANCE;
    }
}
