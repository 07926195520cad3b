package io.sluice.proxy.attempt;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import io.sluice.proxy.upstream.CallResult;
import org.jspecify.annotations.Nullable;

/// Carries the body of a request to the call of the current attempt, and again to the next one as long as what was
/// passed on is held. Pauses the client while the call is full or there is none. Loop thread only.
final class RequestRelay implements BodySink, Runnable {
    private enum State {
        UNSTARTED,
        FLOWING,
        COMPLETE,
        STOPPED
    }

    private final BodySource source;
    private final AttemptLoop loop;
    private final ReplayBuffer replay = new ReplayBuffer();
    private State state = State.UNSTARTED;
    private @Nullable BodySink target;
    private @Nullable Headers trailers;
    private boolean paused;

    RequestRelay(BodySource source, AttemptLoop loop) {
        this.source = source;
        this.loop = loop;
    }

    /// Whether another attempt could send the same body.
    boolean replayable() {
        return state != State.STOPPED && replay.whole();
    }

    boolean complete() {
        return state == State.COMPLETE;
    }

    /// Sends the body to this call: from its beginning.
    void attach(BodySink call) {
        target = call;
        call.onWritable(this);
        if (state == State.UNSTARTED) {
            state = State.FLOWING;
            if (!loop.exchange().request().method().idempotent()) {
                // May not be sent twice, so it is not worth holding.
                replay.overflow();
            }
            source.to(this);
            return;
        }
        ByteBuf sent = replay.copy();
        if (sent != null) {
            call.piece(sent);
        }
        if (state == State.COMPLETE) {
            call.end(trailers);
        } else {
            call.flush();
            run();
        }
    }

    /// The call is over; holds the client back until the next [#attach].
    void detach() {
        target = null;
        pause();
    }

    /// No further attempt will need what was passed on.
    void committed() {
        replay.overflow();
    }

    /// Nobody wants the rest.
    void stop() {
        target = null;
        replay.overflow();
        boolean rest = state == State.UNSTARTED || state == State.FLOWING;
        if (state != State.COMPLETE) {
            state = State.STOPPED;
        }
        if (rest) {
            source.discard();
        }
    }

    @Override
    public void piece(ByteBuf piece) {
        if (state == State.STOPPED) {
            piece.release();
            return;
        }
        loop.progress();
        replay.add(piece);
        BodySink call = target;
        if (call == null) {
            piece.release();
            return;
        }
        call.piece(piece);
        if (!call.writable()) {
            call.flush();
        }
        if (target != null && !target.writable()) {
            pause();
        }
    }

    @Override
    public void flush() {
        if (target != null) {
            target.flush();
        }
    }

    @Override
    public void end(@Nullable Headers newTrailers) {
        if (state == State.STOPPED) {
            return;
        }
        state = State.COMPLETE;
        trailers = newTrailers;
        if (target != null) {
            target.end(newTrailers);
        }
        loop.uploadComplete();
    }

    @Override
    public void abort(Failure why) {
        if (state == State.STOPPED) {
            return;
        }
        state = State.STOPPED;
        replay.overflow();
        loop.abandon(why, CallResult.CANCELLED);
    }

    @Override
    public boolean writable() {
        return target != null && target.writable();
    }

    @Override
    public void onWritable(@Nullable Runnable ignored) {
        // The source is paused and resumed instead.
    }

    /// The call takes more.
    @Override
    public void run() {
        if (paused && target != null && target.writable()) {
            paused = false;
            source.resume();
        }
    }

    private void pause() {
        if (!paused && state == State.FLOWING) {
            paused = true;
            source.pause();
        }
    }
}
