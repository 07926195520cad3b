package io.sluice.proxy.attempt;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.proxy.upstream.CallResult;

/// What one attempt came to when its answer is not simply passed on.
public sealed interface AttemptResult {
    /// Why, for the client if it comes to that.
    Failure failure();

    /// The service answered with a status that may be retried.
    record Answered(int status) implements AttemptResult {
        @Override
        public Failure failure() {
            return Failure.of(FailureKind.BROKEN_REPLY, "the service answered " + status);
        }
    }

    /// No connection could be had; nothing was sent.
    record NotConnected(Failure failure) implements AttemptResult {}

    /// The connection broke, or the reply was malformed, before the head of the reply was complete.
    ///
    /// @param replyStarted whether any byte of a reply was read
    /// @param reused whether the connection had carried a call before, so that the service may have closed it in the
    ///     moment we used it
    record Broken(Failure failure, boolean replyStarted, boolean reused) implements AttemptResult {}

    /// A clock ran out before the head of the reply.
    ///
    /// @param timeLeft whether the exchange as a whole still has time
    record TimedOut(Failure failure, boolean timeLeft) implements AttemptResult {}

    /// What the instance is told to have done.
    default CallResult callResult() {
        return switch (this) {
            case Answered answered ->
                    answered.status() >= 500 ? CallResult.SERVER_ERROR : CallResult.SUCCESS;
            case NotConnected notConnected ->
                    notConnected.failure().kind() == FailureKind.CONNECT_FAILED
                            ? CallResult.CONNECT_FAILED
                            : CallResult.CANCELLED;
            case Broken _ -> CallResult.BROKEN;
            case TimedOut _ -> CallResult.TIMEOUT;
        };
    }
}
