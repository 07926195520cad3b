package io.sluice.proxy.attempt;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.UpstreamNote;
import io.sluice.proxy.upstream.CallResult;
import io.sluice.proxy.upstream.Instance;
import org.jspecify.annotations.Nullable;

/// Gets one exchange answered: pick, connect, send, hear, and perhaps again. Ends once, in [#conclude]. Loop thread
/// only.
public final class AttemptLoop implements Exchange.EndListener, AttemptTimers.Owner {
    private enum Stage {
        ATTEMPTING,
        ANSWERING,
        OVER
    }

    private static final Failure NO_INSTANCE =
            Failure.of(FailureKind.UNAVAILABLE, "no instance of the service may be used")
                    .retryAfter(5);

    /// The body outgrew the replay buffer while the exchange waited for its next attempt.
    private static final Failure NOT_REPLAYABLE =
            Failure.of(FailureKind.BROKEN_REPLY, "the service broke off");

    private final AttemptPlan plan;
    private final Exchange exchange;
    private final AttemptLane lane;
    private final AttemptTimers timers;
    private final AttemptHistory history;
    private final @Nullable RequestRelay upload;
    private long permit;
    private Stage stage = Stage.ATTEMPTING;
    private long firstNanos;
    private @Nullable Attempt current;
    private @Nullable ResponseRelay answer;

    /// @param permit what the plan's breaker gave; the loop gives it back
    public AttemptLoop(AttemptPlan plan, Exchange exchange, long permit) {
        this.plan = plan;
        this.exchange = exchange;
        this.permit = permit;
        this.lane = plan.lanes().on(exchange.loop());
        this.timers = lane.takeTimers();
        this.history = new AttemptHistory(plan.retry(), exchange);
        BodySource body = exchange.requestBody();
        this.upload = body.length() == 0 ? null : new RequestRelay(body, this);
    }

    public void start() {
        long now = now();
        firstNanos = now;
        if (plan.retry().policy().enabled()) {
            plan.retry().budget().request(now);
        }
        timers.begin(this, plan.limits());
        if (upload == null) {
            timers.requestComplete();
        } else {
            timers.uploading();
        }
        exchange.onEnd(this);
        if (stage == Stage.ATTEMPTING) {
            attempt(now, plan.balancer().pick(history));
        }
    }

    private void attempt(long now, @Nullable Instance instance) {
        if (instance == null) {
            refuse(NO_INSTANCE, CallResult.CANCELLED);
        } else {
            open(instance).begin(now);
        }
    }

    private Attempt open(Instance instance) {
        history.begin();
        timers.attemptStarted();
        plan.service().feedback().started(instance);
        Attempt attempt = new Attempt(this, instance, lane.pools().of(instance));
        current = attempt;
        return attempt;
    }

    /// Again after a connection that was stale, which says nothing of the instance, so a client that is bound to it stays
    /// there. On a new connection, since others may be stale too and this is done once.
    private void silently(Instance instance) {
        history.takeAnew();
        open(instance).beginAnew();
    }

    long now() {
        return exchange.loop().ticker().nanos();
    }

    AttemptPlan plan() {
        return plan;
    }

    @Nullable RequestRelay upload() {
        return upload;
    }

    void answered(Attempt attempt, ResponseHead head, BodySource body) {
        long now = now();
        int status = head.status();
        Instance instance = attempt.instance();
        long nanos = now - attempt.sentNanos();
        plan.service().feedback().answered(instance, status, nanos);
        attempt.pool().meter().answered(exchange.request().method(), status, nanos);
        if (plan.retry().policy().retriesStatus(status) && retriedInstead(attempt, status)) {
            attempt.ignore(body, upload == null || upload.complete());
            return;
        }
        stage = Stage.ANSWERING;
        note(instance, now - firstNanos);
        if (upload != null) {
            upload.committed();
        }
        CallResult result = status >= 500 ? CallResult.SERVER_ERROR : CallResult.SUCCESS;
        if (!Streaming.isStream(body)) {
            timers.attemptOver();
        } else {
            timers.streamStarted();
            permit = result.failure() ? permit : plan.breaker().streaming(permit);
        }
        ResponseRelay relay =
                new ResponseRelay(this, body, plan.answers().open(exchange, head), result);
        answer = relay;
        relay.start();
    }

    private boolean retriedInstead(Attempt attempt, int status) {
        AttemptResult result = new AttemptResult.Answered(status);
        if (history.decide(result, replayable()) != RetryDecision.COUNTED) {
            return false;
        }
        leave(attempt, result.callResult());
        retryLater();
        return true;
    }

    void attemptEnded(Attempt attempt, AttemptResult result) {
        if (stage != Stage.ATTEMPTING || attempt != current) {
            return;
        }
        Failure failure = result.failure();
        attempt.pool().meter().failed(failure.kind());
        RetryDecision decision = history.decide(result, replayable());
        leave(attempt, result.callResult());
        switch (decision) {
            case GIVE_UP -> refuse(failure, result.callResult());
            case SILENT -> silently(attempt.instance());
            case ELSEWHERE -> tryElsewhere(failure, result.callResult());
            case COUNTED -> retryLater();
        }
    }

    private void tryElsewhere(Failure failure, CallResult result) {
        Instance instance = plan.balancer().pick(history);
        if (instance == null || history.tried(instance)) {
            refuse(failure, result);
        } else {
            history.takeElsewhere();
            attempt(now(), instance);
        }
    }

    /// The call is over although its answer may still be on its way to the client: an upload has no taker any more.
    void callFinished() {
        if (upload != null && !upload.complete()) {
            upload.stop();
        }
    }

    private boolean replayable() {
        return upload == null || upload.replayable();
    }

    /// Done with this attempt but not with the exchange.
    private void leave(Attempt attempt, CallResult result) {
        current = null;
        timers.attemptOver();
        if (upload != null) {
            upload.detach();
        }
        plan.service().feedback().finished(attempt.instance(), result);
        note(attempt.instance(), 0);
        history.left(attempt.instance());
    }

    private void retryLater() {
        history.later(lane.random(), this::retryNow);
    }

    private void retryNow() {
        if (replayable()) {
            attempt(now(), plan.balancer().pick(history));
        } else {
            refuse(NOT_REPLAYABLE, CallResult.CANCELLED);
        }
    }

    /// Something moved, either way.
    void progress() {
        if (stage != Stage.OVER) {
            timers.progress();
        }
    }

    void uploadComplete() {
        if (stage == Stage.ATTEMPTING) {
            timers.requestComplete();
        }
    }

    @Override
    public void timedOut(AttemptClock clock) {
        Failure failure = plan.limits().timedOut();
        Attempt slow = current;
        if (clock == AttemptClock.HEAD && slow != null) {
            slow.cancel();
            attemptEnded(slow, new AttemptResult.TimedOut(failure, true));
            return;
        }
        boolean clientSlow = answer != null && answer.heldByClient();
        abandon(failure, clientSlow ? CallResult.CANCELLED : CallResult.TIMEOUT);
    }

    @Override
    public void ended(Exchange ended, Ending ending) {
        Attempt open = current;
        conclude(CallResult.CANCELLED);
        if (open != null) {
            open.cancel();
        }
    }

    /// Breaks off what is under way and tells the client; nothing when all is over.
    void abandon(Failure failure, CallResult result) {
        Attempt open = current;
        if (stage == Stage.OVER) {
            return;
        }
        if (open != null) {
            open.pool().meter().failed(failure.kind());
            if (stage == Stage.ATTEMPTING) {
                note(open.instance(), 0);
            }
        }
        refuse(failure, result);
        if (open != null) {
            open.cancel();
        }
    }

    private void refuse(Failure failure, CallResult result) {
        conclude(result);
        plan.answers().refuse(exchange, failure);
    }

    /// The end, whichever way; the first one counts.
    void conclude(CallResult result) {
        Attempt last = current;
        if (stage == Stage.OVER) {
            return;
        }
        stage = Stage.OVER;
        current = null;
        lane.giveTimers(timers);
        history.close();
        if (upload != null && !result.answered()) {
            upload.stop();
        }
        if (last != null) {
            plan.service().feedback().finished(last.instance(), result);
        }
        plan.breaker().release(permit, result);
    }

    private void note(Instance instance, long headNanos) {
        exchange.upstream(
                new UpstreamNote(
                        plan.service().name(), instance.id(), history.attemptsMade(), headNanos));
    }

    Exchange exchange() {
        return exchange;
    }
}
