package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.TunnelListener;
import io.sluice.net.loop.Timer;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/// The receiving side of one [WebSocket]: takes the bytes of its tunnel, has them read, hands messages to the listener,
/// answers pings, times messages that begin and do not end. Loop thread only.
final class Incoming implements TunnelListener, FrameSink {
    /// Unsent bytes above which pings are not answered: such a client does not read anyway.
    private static final int PONG_LIMIT = 64 * 1024;

    private final WebSocket socket;
    private final FrameReader reader;
    private @Nullable Timer messageClock;
    private boolean paused;
    private boolean unflushed;
    private boolean delivered;
    private long controlFrames = ControlBudget.FRESH;

    Incoming(WebSocket socket, FrameLimits limits) {
        this.socket = socket;
        this.reader = new FrameReader(socket.allocator(), limits, this);
    }

    boolean paused() {
        return paused;
    }

    void pause() {
        if (!paused) {
            paused = true;
            socket.tunnel().pause();
        }
    }

    void resume() {
        if (paused) {
            paused = false;
            socket.tunnel().resume();
            socket.loop().executor().execute(this::readOn);
        }
    }

    private void readOn() {
        try {
            reader.resume();
        } catch (RuntimeException bug) {
            socket.failed(bug);
        }
        readComplete();
    }

    void release() {
        reader.release();
        clearMessageClock();
    }

    @Override
    public void bytes(ByteBuf bytes) {
        socket.alive();
        try {
            reader.feed(bytes);
        } catch (RuntimeException bug) {
            socket.failed(bug);
        }
    }

    @Override
    public void readComplete() {
        if (socket.open()) {
            try {
                socket.listener().readComplete();
            } catch (RuntimeException bug) {
                socket.failed(bug);
            }
        }
        if (unflushed) {
            unflushed = false;
            socket.flush();
        }
        timeMessage();
    }

    private void timeMessage() {
        if (paused || !reader.midMessage()) {
            clearMessageClock();
        } else if (messageClock == null || delivered) {
            clearMessageClock();
            Timer clock = socket.loop().timers().timer(this::messageLate);
            clock.in(socket.terms().messageNanos());
            messageClock = clock;
        }
        delivered = false;
    }

    private void messageLate() {
        socket.fail(FailureKind.CLIENT_TIMEOUT, "Message did not arrive in time");
    }

    private void clearMessageClock() {
        Timer clock = messageClock;
        if (clock != null) {
            messageClock = null;
            clock.close();
        }
    }

    @Override
    public boolean reading() {
        return !paused;
    }

    @Override
    public void text(ByteBuf payload) {
        delivered = true;
        if (socket.open()) {
            socket.listener().text(payload);
        }
    }

    @Override
    public void binary(ByteBuf payload) {
        delivered = true;
        if (socket.open()) {
            socket.listener().binary(payload);
        }
    }

    private boolean withinBudget() {
        long next = ControlBudget.take(controlFrames, socket.loop().ticker().nanos());
        if (next == ControlBudget.OVER) {
            socket.fail(FailureKind.RATE_LIMIT, "Too many pings");
            return false;
        }
        controlFrames = next;
        return true;
    }

    @Override
    public void ping(ByteBuf payload) {
        if (withinBudget() && socket.queuedBytes() <= PONG_LIMIT) {
            socket.write(Frames.pong(socket.allocator(), payload));
            unflushed = true;
        }
    }

    @Override
    public void pong() {
        if (withinBudget() && socket.open()) {
            socket.listener().pong();
        }
    }

    @Override
    public void close(int code, String reason) {
        socket.peerClosed(code, reason);
    }

    @Override
    public void refused(FailureKind kind, String why) {
        socket.fail(kind, why);
    }

    @Override
    public @Nullable ByteBuf inflate(ByteBuf payload) {
        int most = socket.terms().deflated().maxMessage();
        try {
            ByteBuf message =
                    socket.terms()
                            .inflations()
                            .of(socket.loop())
                            .inflate(socket.allocator(), payload, most);
            if (message == null) {
                socket.fail(FailureKind.PAYLOAD_TOO_LARGE, "Message is too large");
            }
            return message;
        } catch (DataFormatException malformed) {
            socket.fail(FailureKind.INVALID_PAYLOAD, "Message does not inflate");
            return null;
        }
    }

    @Override
    public void drained() {
        if (socket.open()) {
            try {
                socket.listener().drained();
            } catch (RuntimeException bug) {
                socket.failed(bug);
            }
        }
    }

    @Override
    public void drain() {
        if (socket.open()) {
            try {
                socket.listener().drain();
            } catch (RuntimeException bug) {
                socket.failed(bug);
            }
        }
    }

    @Override
    public void closed() {
        socket.lost();
    }
}
