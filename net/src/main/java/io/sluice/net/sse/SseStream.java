package io.sluice.net.sse;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.Tunnel;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One open event stream to a client. All calls on its loop; after the end they are swallowed and buffers released.
///
/// It sends comments to keep the connection alive, and breaks off when the client takes nothing for four of them.
public final class SseStream {
    /// What a client that comes back says it heard last.
    public static final HeaderName LAST_EVENT_ID = HeaderName.of("Last-Event-ID");

    private static final Logger LOG = LoggerFactory.getLogger(SseStream.class);
    private static final HeaderName BUFFERING = HeaderName.of("X-Accel-Buffering");
    private static final int STALLED_BEATS = 4;

    private final Tunnel tunnel;
    private final SseFraming framing;
    private final SseListener listener;
    private final long beatNanos;
    private final Timer clock;

    /// How it ends, once that was decided here.
    private @Nullable Ending ending;

    private boolean over;
    private int stalledBeats;
    private long queuedAtBeat;

    private SseStream(Tunnel tunnel, SseFraming framing, SseConfig config, SseListener listener) {
        this.tunnel = tunnel;
        this.framing = framing;
        this.listener = listener;
        this.beatNanos = config.heartbeat().toNanos();
        this.clock = tunnel.loop().timers().timer(this::beat);
    }

    /// Answers the exchange with an event stream, or refuses it: only a GET without a body may have one. Fields that a
    /// filter wants in the head come as usual.
    public static void open(Exchange exchange, SseConfig config, SseListener listener) {
        boolean get = exchange.request().method().equals(Method.GET);
        if (!get || exchange.requestBody().length() != 0) {
            FailureKind kind = get ? FailureKind.BAD_REQUEST : FailureKind.METHOD_NOT_ALLOWED;
            exchange.fail(Failure.of(kind, "An event stream is asked for by a GET without a body"));
            return;
        }
        ResponseHead head = new ResponseHead(200);
        Headers headers = head.headers();
        headers.add(HeaderName.CONTENT_TYPE, "text/event-stream");
        headers.add(HeaderName.CACHE_CONTROL, "no-cache, no-transform");
        headers.add(BUFFERING, "no");
        SseFraming framing =
                exchange.request().protocol() == Protocol.HTTP_1_1
                        ? SseFraming.CHUNKED
                        : SseFraming.PLAIN;
        new SseStream(exchange.takeOver(head), framing, config, listener).begin(config);
    }

    private void begin(SseConfig config) {
        clock.in(beatNanos);
        tunnel.write(SseFrames.retry(tunnel.allocator(), framing, config.retry()));
        try {
            listener.opened(this);
        } catch (RuntimeException bug) {
            failed(bug);
        }
        tunnel.listen(new SseEars(this));
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

    /// What buffers must be encoded with.
    public SseFraming framing() {
        return framing;
    }

    /// False from the moment it began to end.
    public boolean open() {
        return ending == null && !over;
    }

    /// Writes events of [SseFrames] in this stream's framing, owning the buffer from here on. They leave with the next
    /// [#flush].
    public void write(ByteBuf events) {
        if (open()) {
            tunnel.write(events);
        } else {
            events.release();
        }
    }

    public void flush() {
        if (open()) {
            tunnel.flush();
        }
    }

    /// The short way to the client for whole events, open for as long as this is; see [Tunnel#direct].
    public @Nullable DirectSocket direct() {
        return tunnel.direct();
    }

    /// Bytes written and not yet taken by the socket; for the bound of an outbox. Cheap.
    public long queuedBytes() {
        return tunnel.queuedBytes();
    }

    /// Sends what was written and ends the body. The client will come back unless it is told not to.
    public void close() {
        if (open()) {
            ending = Ending.COMPLETE;
            if (framing == SseFraming.CHUNKED) {
                tunnel.write(SseFrames.lastChunk());
            }
            tunnel.finish();
        }
    }

    /// Breaks it off; what waits is lost.
    public void cut() {
        if (!over) {
            ending = Ending.CUT;
            tunnel.cut();
        }
    }

    private void beat() {
        long queued = tunnel.queuedBytes();
        stalledBeats = queued > 0 && queued >= queuedAtBeat ? stalledBeats + 1 : 0;
        queuedAtBeat = queued;
        if (stalledBeats >= STALLED_BEATS) {
            cut();
            return;
        }
        if (queued == 0) {
            write(SseFrames.comment(framing));
            flush();
        }
        clock.in(beatNanos);
    }

    SseListener listener() {
        return listener;
    }

    /// The listener threw.
    void failed(RuntimeException bug) {
        LOG.atError().setCause(bug).log("Event stream listener failed");
        cut();
    }

    /// The connection is gone.
    void ended() {
        if (over) {
            return;
        }
        over = true;
        clock.close();
        Ending how = ending;
        try {
            listener.closed(how == null ? Ending.CLIENT_GONE : how);
        } catch (RuntimeException bug) {
            LOG.atError().setCause(bug).log("Event stream listener failed");
        }
    }
}
