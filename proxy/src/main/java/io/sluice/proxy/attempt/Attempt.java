package io.sluice.proxy.attempt;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.DiscardingSink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.pool.ConnectionWaiter;
import io.sluice.proxy.upstream.pool.InstancePool;
import io.sluice.proxy.upstream.pool.PooledConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One try at one instance: waits for a connection, sends, hears the answer, gives the connection back. Decides
/// nothing; what happens is told to its [AttemptLoop]. Loop thread only.
final class Attempt implements ConnectionWaiter, AnswerListener {
    private static final long IGNORED_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long IGNORED_BYTES = 64 * 1024;

    private static final Failure TOO_MANY =
            Failure.of(FailureKind.OVERLOADED, "too many requests wait for the service")
                    .retryAfter(1);

    private enum State {
        WAITING,
        SENT,
        ANSWERED,
        /// Answered, but nobody wants the rest.
        IGNORED,
        OVER
    }

    private final AttemptLoop loop;
    private final Instance instance;
    private final InstancePool pool;
    private State state = State.WAITING;
    private boolean reused;
    private long sentNanos;
    private @Nullable PooledConnection connection;
    private @Nullable OriginCall call;

    Attempt(AttemptLoop loop, Instance instance, InstancePool pool) {
        this.loop = loop;
        this.instance = instance;
        this.pool = pool;
    }

    Instance instance() {
        return instance;
    }

    InstancePool pool() {
        return pool;
    }

    /// Monotonic time the request's head was handed to the connection; 0 before.
    long sentNanos() {
        return sentNanos;
    }

    /// Takes a connection or waits for one.
    ///
    /// @param now monotonic time
    void begin(long now) {
        PooledConnection ready = pool.take(now);
        if (ready != null) {
            send(ready, now);
        } else if (!pool.await(this)) {
            failed(TOO_MANY);
        }
    }

    /// Waits for a connection nobody has used yet: the service cannot have closed it as idle.
    void beginAnew() {
        if (!pool.awaitNew(this)) {
            failed(TOO_MANY);
        }
    }

    @Override
    public void connected(PooledConnection ready) {
        send(ready, loop.now());
    }

    @Override
    public void failed(Failure failure) {
        state = State.OVER;
        loop.attemptEnded(this, new AttemptResult.NotConnected(failure));
    }

    private void send(PooledConnection ready, long now) {
        state = State.SENT;
        connection = ready;
        reused = ready.reused();
        sentNanos = now;
        Exchange exchange = loop.exchange();
        RequestHead head = loop.plan().rewrite().rewrite(exchange.request(), instance);
        OriginCall sent = ready.connection().send(head, exchange.requestBody().length(), this);
        call = sent;
        RequestRelay upload = loop.upload();
        if (upload != null) {
            upload.attach(sent.body());
        }
    }

    @Override
    public void informational(ResponseHead head) {
        if (state == State.SENT) {
            loop.exchange().informational(head);
        }
    }

    @Override
    public void answered(ResponseHead head, BodySource body) {
        if (state == State.SENT) {
            state = State.ANSWERED;
            loop.answered(this, head, body);
        } else {
            body.discard();
        }
    }

    @Override
    public void failed(Failure failure, boolean replyStarted) {
        if (state != State.SENT) {
            return;
        }
        state = State.OVER;
        releaseUnfinished();
        loop.attemptEnded(this, new AttemptResult.Broken(failure, replyStarted, reused));
    }

    @Override
    public void finished(boolean reusable) {
        boolean answered = state == State.ANSWERED;
        release(reusable);
        if (answered) {
            loop.callFinished();
        }
    }

    /// Nobody wants the answer, but its connection lives on when the rest is short and comes soon.
    ///
    /// @param requestComplete whether the whole request was handed over
    void ignore(BodySource body, boolean requestComplete) {
        state = State.IGNORED;
        if (requestComplete && body.length() >= 0 && body.length() <= IGNORED_BYTES) {
            loop.exchange().loop().timers().timer(this::cancel).in(IGNORED_NANOS);
            body.to(new DiscardingSink());
        } else {
            body.discard();
            cancel();
        }
    }

    /// Nobody wants the answer any more. Safe to call at any time and more than once.
    void cancel() {
        State before = state;
        state = State.OVER;
        OriginCall sent = call;
        if (before == State.WAITING) {
            pool.leave(this);
        } else if (before != State.OVER && sent != null) {
            sent.cancel();
            releaseUnfinished();
        }
    }

    private void releaseUnfinished() {
        PooledConnection held = connection;
        connection = null;
        if (held != null) {
            held.releaseUnfinished();
        }
    }

    private void release(boolean reusable) {
        state = State.OVER;
        PooledConnection held = connection;
        connection = null;
        if (held != null) {
            held.release(reusable);
        }
    }
}
