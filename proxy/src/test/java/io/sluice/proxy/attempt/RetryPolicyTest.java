package io.sluice.proxy.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.proxy.attempt.AttemptResult.Answered;
import io.sluice.proxy.attempt.AttemptResult.Broken;
import io.sluice.proxy.attempt.AttemptResult.NotConnected;
import io.sluice.proxy.attempt.AttemptResult.TimedOut;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Failure REFUSED = Failure.of(FailureKind.CONNECT_FAILED, "refused");
    private static final Failure BROKE = Failure.of(FailureKind.BROKEN_REPLY, "broke");
    private static final Failure SLOW = Failure.of(FailureKind.UPSTREAM_TIMEOUT, "slow");
    private static final RetryPolicy THREE = new RetryPolicy(true, 3);
    private static final RetryTally FIRST_GET = new RetryTally(true, true, 1, false, false);
    private static final RetryTally FIRST_POST = new RetryTally(false, true, 1, false, false);

    @Property
    void nothingIsSentTwiceThatCannotBeReplayed(
            @ForAll("results") AttemptResult result,
            @ForAll("policies") RetryPolicy policy,
            @ForAll boolean idempotent,
            @ForAll boolean anewUsed,
            @ForAll boolean elsewhereUsed) {
        RetryTally tally = new RetryTally(idempotent, false, 1, anewUsed, elsewhereUsed);

        assertThat(policy.decide(result, tally)).isEqualTo(RetryDecision.GIVE_UP);
    }

    @Property
    void aMethodThatMayNotBeSentTwiceIsTriedAgainOnlyWhenNothingWasSent(
            @ForAll("results") AttemptResult result,
            @ForAll("policies") RetryPolicy policy,
            @ForAll("tallies") RetryTally tally) {
        RetryTally post =
                new RetryTally(
                        false,
                        tally.replayable(),
                        tally.chargedAttempts(),
                        tally.anewUsed(),
                        tally.elsewhereUsed());
        RetryDecision decision = policy.decide(result, post);

        assertThat(decision == RetryDecision.GIVE_UP || result instanceof NotConnected).isTrue();
    }

    @Property
    void attemptsNeverPassTheLimit(
            @ForAll("results") AttemptResult result,
            @ForAll @IntRange(min = 1, max = 5) int maxAttempts,
            @ForAll("tallies") RetryTally tally) {
        RetryDecision decision = new RetryPolicy(true, maxAttempts).decide(result, tally);

        if (decision == RetryDecision.COUNTED) {
            assertThat(tally.chargedAttempts()).isLessThan(maxAttempts);
        }
    }

    @Property
    void eachFreeRetryIsTakenOnce(
            @ForAll("results") AttemptResult result,
            @ForAll("policies") RetryPolicy policy,
            @ForAll("tallies") RetryTally tally) {
        RetryDecision decision = policy.decide(result, tally);

        assertThat(decision == RetryDecision.SILENT && tally.anewUsed()).isFalse();
        assertThat(decision == RetryDecision.ELSEWHERE && tally.elsewhereUsed()).isFalse();
    }

    @Property
    void aStartedReplyIsNeverRetried(
            @ForAll("policies") RetryPolicy policy,
            @ForAll("tallies") RetryTally tally,
            @ForAll boolean reused) {
        assertThat(policy.decide(new Broken(BROKE, true, reused), tally))
                .isEqualTo(RetryDecision.GIVE_UP);
    }

    @Property
    void withoutRetriesOnlyTheFreeOnesAreMade(
            @ForAll("results") AttemptResult result, @ForAll("tallies") RetryTally tally) {
        assertThat(RetryPolicy.OFF.decide(result, tally)).isNotEqualTo(RetryDecision.COUNTED);
    }

    @Test
    void aStaleConnectionCostsNothing() {
        Broken stale = new Broken(BROKE, false, true);

        assertThat(RetryPolicy.OFF.decide(stale, FIRST_GET)).isEqualTo(RetryDecision.SILENT);
        assertThat(THREE.decide(stale, FIRST_GET)).isEqualTo(RetryDecision.SILENT);
        assertThat(RetryPolicy.OFF.decide(stale, FIRST_POST)).isEqualTo(RetryDecision.GIVE_UP);
    }

    @Test
    void aFreshConnectionThatBreaksIsRetriedOnlyWhenTurnedOn() {
        Broken fresh = new Broken(BROKE, false, false);

        assertThat(RetryPolicy.OFF.decide(fresh, FIRST_GET)).isEqualTo(RetryDecision.GIVE_UP);
        assertThat(THREE.decide(fresh, FIRST_GET)).isEqualTo(RetryDecision.COUNTED);
        assertThat(THREE.decide(fresh, FIRST_POST)).isEqualTo(RetryDecision.GIVE_UP);
    }

    @Test
    void anInstanceThatCannotBeReachedIsTriedElsewhereWhateverTheMethod() {
        NotConnected refused = new NotConnected(REFUSED);

        assertThat(RetryPolicy.OFF.decide(refused, FIRST_POST)).isEqualTo(RetryDecision.ELSEWHERE);
        assertThat(THREE.decide(refused, FIRST_POST)).isEqualTo(RetryDecision.COUNTED);
    }

    @Test
    void aFullQueueIsNoReasonToAskAgain() {
        Failure full = Failure.of(FailureKind.OVERLOADED, "full");

        assertThat(THREE.decide(new NotConnected(full), FIRST_GET))
                .isEqualTo(RetryDecision.GIVE_UP);
    }

    @Test
    void onlyThreeStatusesAreRetried() {
        for (int status = 200; status < 600; status++) {
            assertThat(THREE.retriesStatus(status))
                    .isEqualTo(status == 502 || status == 503 || status == 504);
            assertThat(RetryPolicy.OFF.retriesStatus(status)).isFalse();
        }
    }

    @Test
    void aTimeoutIsRetriedWhileThereIsTime() {
        assertThat(THREE.decide(new TimedOut(SLOW, true), FIRST_GET))
                .isEqualTo(RetryDecision.COUNTED);
        assertThat(THREE.decide(new TimedOut(SLOW, false), FIRST_GET))
                .isEqualTo(RetryDecision.GIVE_UP);
    }

    @Provide
    Arbitrary<AttemptResult> results() {
        Arbitrary<AttemptResult> answered =
                Arbitraries.integers().between(200, 599).map(Answered::new);
        Arbitrary<AttemptResult> refused =
                Arbitraries.of(REFUSED, Failure.of(FailureKind.OVERLOADED, "full"))
                        .map(NotConnected::new);
        Arbitrary<AttemptResult> broken =
                Combinators.combine(Arbitraries.of(true, false), Arbitraries.of(true, false))
                        .as((started, reused) -> new Broken(BROKE, started, reused));
        Arbitrary<AttemptResult> slow =
                Arbitraries.of(true, false).map(left -> new TimedOut(SLOW, left));
        return Arbitraries.oneOf(answered, refused, broken, slow);
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.integers().between(1, 5))
                .as(RetryPolicy::new);
    }

    @Provide
    Arbitrary<RetryTally> tallies() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false))
                .as(RetryTally::new);
    }
}
