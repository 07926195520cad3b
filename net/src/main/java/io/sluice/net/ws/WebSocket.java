package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Tunnel;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open WebSocket, the server's end. Made by [WsHandshake#accept]. All calls on its loop; after the end they are
/// swallowed and buffers released.
///
/// It pings, answers pings, closes in order and holds its client to the limits. An idle one holds no buffer.
public final class WebSocket {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocket.class);

    /// A client that reads slowly finds its goodbye behind all that waits for it.
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private enum State {
        OPEN,
        /// Our close frame is on its way, the client's is awaited; or the connection was cut.
        CLOSING,
        OVER
    }

    /// What we end it with.
    private record Goodbye(int code, String reason, @Nullable FailureKind kind) {}

    private final Tunnel tunnel;
    private final Terms terms;
    private final WsListener listener;
    private final Incoming incoming;
    private final Timer clock;
    private final boolean compressed;
    private State state = State.OPEN;
    private @Nullable Goodbye goodbye;
    private boolean pinged;
    private boolean pongAwaited;

    WebSocket(Tunnel tunnel, Terms terms, WsCompression compression, WsListener listener) {
        this.tunnel = tunnel;
        this.terms = terms;
        this.listener = listener;
        this.compressed = compression == WsCompression.DEFLATE;
        this.incoming = new Incoming(this, compressed ? terms.deflated() : terms.plain());
        this.clock = tunnel.loop().timers().timer(this::tick);
    }

    /// Starts to live: tells the listener, delivers what came behind the handshake, sends the answer to it.
    void begin() {
        terms.watch().opened();
        if (terms.pingNanos() > 0) {
            clock.in(terms.pingNanos());
        }
        try {
            listener.opened(this);
        } catch (RuntimeException bug) {
            failed(bug);
        }
        tunnel.listen(incoming);
        tunnel.flush();
    }

    public Loop loop() {
        return tunnel.loop();
    }

    public Peer peer() {
        return tunnel.peer();
    }

    public ByteBufAllocator allocator() {
        return tunnel.allocator();
    }

    /// False from the moment either side began to close.
    public boolean open() {
        return state == State.OPEN;
    }

    /// Whether this client takes compressed frames ([Deflation]); it takes plain ones in any case.
    public boolean compressed() {
        return compressed;
    }

    /// Why we ended it; null while we have not, and for an end that is no failure.
    public @Nullable FailureKind failure() {
        return goodbye == null ? null : goodbye.kind();
    }

    /// Writes one frame of [Frames], owning it from here on. It leaves with the next [#flush].
    public void write(ByteBuf frame) {
        if (state == State.OPEN) {
            tunnel.write(frame);
        } else {
            frame.release();
        }
    }

    public void flush() {
        if (state == State.OPEN) {
            tunnel.flush();
        }
    }

    /// The short way to the client for whole frames, open for as long as this is; see [Tunnel#direct].
    public @Nullable DirectSocket direct() {
        return tunnel.direct();
    }

    /// Bytes written and not yet taken by the socket; for the bound of an outbox. Cheap.
    public long queuedBytes() {
        return tunnel.queuedBytes();
    }

    /// Delivers no message until [#resume], and soon reads nothing. Frames that were read already wait, at most one read
    /// of the socket; a client that is not read from is not held to its pongs.
    public void pause() {
        incoming.pause();
    }

    /// Delivers again, from the next turn of the loop on.
    public void resume() {
        if (state == State.OPEN) {
            incoming.resume();
        }
    }

    /// Says goodbye and delivers nothing more. [WsListener#closed] follows when the client has answered, at the latest
    /// after the configured time.
    ///
    /// @param code 1000, 1001, or one of a protocol above (3000–4999); for failures use the other form
    /// @param reason cut at 123 bytes of UTF-8
    public void close(int code, String reason) {
        if (state == State.OPEN) {
            sayGoodbye(new Goodbye(code, reason, null));
        }
    }

    /// Says goodbye with the close code of this kind, and counts it so. Where the client cannot be trusted to answer, as
    /// with a slow consumer, [#cut] may follow.
    public void close(FailureKind kind, String reason) {
        if (state == State.OPEN) {
            sayGoodbye(new Goodbye(kind.closeCode(), reason, kind));
        }
    }

    private void sayGoodbye(Goodbye with) {
        goodbye = with;
        tunnel.write(Frames.close(allocator(), with.code(), with.reason()));
        tunnel.flush();
        state = State.CLOSING;
        DirectSocket direct = tunnel.direct();
        if (direct != null) {
            direct.end();
        }
        incoming.resume();
        clock.in(
                with.kind() == FailureKind.SLOW_CONSUMER
                        ? Math.max(terms.closeNanos(), SLOW_NANOS)
                        : terms.closeNanos());
    }

    /// Ends the connection with RST; what waits is lost. [WsListener#closed] follows with what was said to [#close], or
    /// with 1006.
    public void cut() {
        if (state == State.OVER) {
            return;
        }
        state = State.CLOSING;
        if (goodbye == null) {
            goodbye = new Goodbye(CloseCodes.LOST, "", null);
        }
        tunnel.cut();
    }

    private void tick() {
        switch (state) {
            case OPEN -> beat();
            case CLOSING -> tunnel.cut();
            case OVER -> {}
        }
    }

    /// Pings, and looks for a sign of life some time after.
    private void beat() {
        if (pongAwaited && !incoming.paused()) {
            fail(FailureKind.HEARTBEAT_TIMEOUT, "No sign of life");
        } else if (pinged) {
            pinged = false;
            clock.in(Math.max(0, terms.pingNanos() - terms.pongNanos()));
        } else {
            pinged = true;
            pongAwaited = true;
            tunnel.write(Frames.ping());
            tunnel.flush();
            clock.in(terms.pongNanos());
        }
    }

    Terms terms() {
        return terms;
    }

    Tunnel tunnel() {
        return tunnel;
    }

    WsListener listener() {
        return listener;
    }

    /// Bytes came, whatever they were.
    void alive() {
        pongAwaited = false;
    }

    /// Ends it at once, without waiting for the client's close frame. Not from within a call of the listener's.
    void fail(FailureKind kind, String why) {
        if (state == State.OVER) {
            return;
        }
        Goodbye with = goodbye;
        if (with == null) {
            with = new Goodbye(kind.closeCode(), why, kind);
            goodbye = with;
            tunnel.write(Frames.close(allocator(), with.code(), with.reason()));
        }
        tunnel.finish();
        end(WsEnd.BY_US, with.code(), with.reason(), with.kind());
    }

    /// The client's close frame came.
    void peerClosed(int code, String reason) {
        if (state == State.OVER) {
            return;
        }
        Goodbye with = goodbye;
        if (with == null) {
            tunnel.write(Frames.close(allocator(), code, ""));
            tunnel.finish();
            end(WsEnd.BY_PEER, code, reason, null);
        } else {
            tunnel.finish();
            end(WsEnd.BY_US, with.code(), with.reason(), with.kind());
        }
    }

    /// The connection is gone.
    void lost() {
        Goodbye with = goodbye;
        if (with == null) {
            end(WsEnd.LOST, CloseCodes.LOST, "", null);
        } else {
            end(WsEnd.BY_US, with.code(), with.reason(), with.kind());
        }
    }

    private void end(WsEnd how, int code, String reason, @Nullable FailureKind kind) {
        if (state == State.OVER) {
            return;
        }
        state = State.OVER;
        clock.close();
        incoming.release();
        terms.watch().closed(how, kind);
        try {
            listener.closed(how, code, reason);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("WebSocket listener failed");
        }
    }

    /// The listener threw.
    void failed(RuntimeException bug) {
        LOG.atError().setCause(bug).log("WebSocket listener failed");
        close(FailureKind.INTERNAL, "Internal error");
    }
}
