package io.sluice.proxy.attempt;

import io.sluice.core.fail.FailureKind;

/// The rules of trying again; pure.
///
/// Whatever the configuration says, two retries are free, each once: after a reused connection that died before any byte
/// of the reply, on a new one, and after a connection that could not be opened, at another instance. An instance that
/// leaves makes a request need both. Everything else needs `retry.enabled`.
///
/// @param enabled whether retries beyond the free ones are allowed
/// @param maxAttempts attempts in all, the first included, at least 1
public record RetryPolicy(boolean enabled, int maxAttempts) {
    public static final RetryPolicy OFF = new RetryPolicy(false, 1);

    /// Whether an answer of this status is worth another attempt at all; cheap, asked for every answer.
    public boolean retriesStatus(int status) {
        return enabled && status >= 502 && status <= 504;
    }

    public RetryDecision decide(AttemptResult result, RetryTally tally) {
        if (!tally.replayable()) {
            return RetryDecision.GIVE_UP;
        }
        return switch (result) {
            case AttemptResult.Answered answered ->
                    retriesStatus(answered.status())
                            ? charged(FailureKind.Retry.IDEMPOTENT, tally)
                            : RetryDecision.GIVE_UP;
            case AttemptResult.NotConnected refused -> afterRefusal(refused, tally);
            case AttemptResult.Broken broken -> afterBreak(broken, tally);
            case AttemptResult.TimedOut timedOut ->
                    timedOut.timeLeft()
                            ? charged(timedOut.failure().kind().retry(), tally)
                            : RetryDecision.GIVE_UP;
        };
    }

    private RetryDecision afterRefusal(AttemptResult.NotConnected refused, RetryTally tally) {
        FailureKind.Retry allowed = refused.failure().kind().retry();
        RetryDecision decision = charged(allowed, tally);
        boolean free = allowed == FailureKind.Retry.ALWAYS && !tally.elsewhereUsed();
        return decision == RetryDecision.GIVE_UP && free ? RetryDecision.ELSEWHERE : decision;
    }

    private RetryDecision afterBreak(AttemptResult.Broken broken, RetryTally tally) {
        if (broken.replyStarted()) {
            return RetryDecision.GIVE_UP;
        }
        if (broken.reused() && tally.idempotent() && !tally.anewUsed()) {
            return RetryDecision.SILENT;
        }
        return charged(broken.failure().kind().retry(), tally);
    }

    private RetryDecision charged(FailureKind.Retry allowed, RetryTally tally) {
        boolean may =
                switch (allowed) {
                    case NEVER -> false;
                    case IDEMPOTENT -> tally.idempotent();
                    case ALWAYS -> true;
                };
        return enabled && may && tally.chargedAttempts() < maxAttempts
                ? RetryDecision.COUNTED
                : RetryDecision.GIVE_UP;
    }
}
