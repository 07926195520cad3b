package io.sluice.proxy.upstream;

/// Hears how calls to instances go; feeds load counters, latencies and passive health. Called on loop threads, several
/// at once; must not block and should not allocate.
public interface InstanceFeedback {
    /// A call is about to be made, a connection not yet taken.
    void started(Instance instance);

    /// The final head of the answer arrived. Not called for calls that never get one.
    ///
    /// @param status of the answer
    /// @param nanos since the request was handed to the connection
    void answered(Instance instance, int status, long nanos);

    /// The call is over; exactly once per [#started].
    void finished(Instance instance, CallResult result);

    /// Listens to nothing.
    static InstanceFeedback none() {
        return NoFeedback.INSTANCE;
    }
}
