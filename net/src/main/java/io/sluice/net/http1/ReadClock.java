package io.sluice.net.http1;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.loop.Timer;
import io.sluice.net.loop.Timers;

/// Times what a client's connection reads: nothing yet, a head, a body at a least rate, or what is dropped before a
/// close. One per connection. Loop thread only.
final class ReadClock {

    /// What is read now.
    enum Phase {
        IDLE,
        HEAD,
        BODY,
        LINGER
    }

    private static final long LINGER_NANOS = 2_000_000_000L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Http1Connection connection;
    private final Http1Settings settings;
    private final Timer timer;
    private Phase phase = Phase.IDLE;
    private long windowBytes;

    ReadClock(Http1Connection connection, Http1Settings settings, Timers timers) {
        this.connection = connection;
        this.settings = settings;
        this.timer = timers.timer(this::expired);
    }

    Phase phase() {
        return phase;
    }

    void idle() {
        phase = Phase.IDLE;
        timer.in(settings.idleTimeout().toNanos());
    }

    /// The first bytes of a head are there; later ones move nothing.
    void head() {
        if (phase != Phase.HEAD) {
            head(settings.headTimeout().toNanos());
        }
    }

    /// A head is on its way and has this much time left.
    void head(long leftNanos) {
        phase = Phase.HEAD;
        timer.in(leftNanos);
    }

    /// A body begins, or its next window does.
    void body() {
        phase = Phase.BODY;
        windowBytes = 0;
        if (settings.bodyWindow().isZero()) {
            timer.clear();
        } else {
            timer.in(settings.bodyWindow().toNanos());
        }
    }

    void linger() {
        phase = Phase.LINGER;
        timer.in(LINGER_NANOS);
    }

    void count(int bytes) {
        windowBytes += bytes;
    }

    /// The request was read whole.
    void clear() {
        timer.clear();
    }

    void close() {
        timer.close();
    }

    private void expired() {
        switch (phase) {
            case IDLE, LINGER -> connection.context().close();
            case HEAD -> connection.refuse(late("Request head did not arrive in time"));
            case BODY -> windowOver();
        }
    }

    private void windowOver() {
        IncomingBody body = connection.body;
        if (body == null || body.complete()) {
            return;
        }
        long wanted = settings.minBodyRate() * settings.bodyWindow().toNanos() / NANOS_PER_SECOND;
        if (!connection.readingOff() && body.awaited() && windowBytes < wanted) {
            connection.bodyBroken(late("Request body did not arrive in time"));
        } else {
            body();
        }
    }

    private static Failure late(String message) {
        return Failure.of(FailureKind.CLIENT_TIMEOUT, message);
    }
}
