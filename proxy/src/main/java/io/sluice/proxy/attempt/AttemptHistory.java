package io.sluice.proxy.attempt;

import io.sluice.net.http.Exchange;
import io.sluice.net.loop.Timer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The attempts of one exchange so far, and what follows from them. Loop thread only.
final class AttemptHistory implements PickContext {
    private final RetryPlan plan;
    private final Exchange exchange;
    private int attempts;
    private boolean anew;
    private boolean elsewhere;
    private @Nullable List<Instance> tried;
    private @Nullable Timer pause;

    AttemptHistory(RetryPlan plan, Exchange exchange) {
        this.plan = plan;
        this.exchange = exchange;
    }

    /// An attempt is made.
    void begin() {
        attempts++;
    }

    /// An attempt came to nothing.
    void left(Instance instance) {
        if (tried == null) {
            tried = new ArrayList<>(2);
        }
        tried.add(instance);
    }

    /// Asks the policy, and the budget if it comes to a charged retry, which is thereby taken out of it.
    ///
    /// @param replayable whether the body can be sent again
    RetryDecision decide(AttemptResult result, boolean replayable) {
        boolean idempotent = exchange.request().method().idempotent();
        RetryTally tally = new RetryTally(idempotent, replayable, charged(), anew, elsewhere);
        RetryDecision decision = plan.policy().decide(result, tally);
        boolean affordable = decision != RetryDecision.COUNTED || plan.budget().tryRetry();
        return affordable ? decision : RetryDecision.GIVE_UP;
    }

    /// The next attempt is at no charge, on a new connection.
    void takeAnew() {
        anew = true;
    }

    /// The next attempt is at no charge, at another instance.
    void takeElsewhere() {
        elsewhere = true;
    }

    private int charged() {
        return attempts - (anew ? 1 : 0) - (elsewhere ? 1 : 0);
    }

    /// Runs `next` after the pause due now.
    void later(SplittableRandom random, Runnable next) {
        Timer timer = exchange.loop().timers().timer(next);
        pause = timer;
        timer.in(plan.backoff().nanos(charged(), random.nextDouble()));
    }

    /// No attempt follows.
    void close() {
        if (pause != null) {
            pause.close();
            pause = null;
        }
    }

    @Override
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public int loopIndex() {
        return exchange.loop().index();
    }

    @Override
    public boolean tried(Instance instance) {
        return tried != null && tried.contains(instance);
    }

    @Override
    public int attemptsMade() {
        return attempts;
    }
}
