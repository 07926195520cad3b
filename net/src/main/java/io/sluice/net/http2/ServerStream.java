package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Reply;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.Tunnel;
import org.jspecify.annotations.Nullable;

/// One stream of a client: its request body on the way in, its answer on the way out, its exchange. After its end every
/// call is swallowed. Loop thread only.
final class ServerStream implements StreamFrames.Fed, Reply, StreamBody.Carrier, StreamSink.Owner {
    /// What must have been taken between two looks for an answer not to count as stalled. A peer that opens its window
    /// byte by byte to hold the stream stays below.
    private static final int MIN_TAKEN = 1024;

    /// Looks in a row, in one `stallTimeout`, after which an answer counts as stalled.
    static final int STALLED_LOOKS = 4;

    private static final Failure NO_SOCKET =
            Failure.of(FailureKind.NOT_IMPLEMENTED, "No WebSocket is served at this path.");

    private static final String GRPC = "application/grpc";

    /// What the client's DATA means.
    private enum Data {
        BODY,
        TUNNELLED
    }

    private final Http2ServerConnection connection;
    private final Http2Wire wire;
    private final int id;
    private final boolean headRequest;
    private final long length;
    private final BodySource requestBody;
    private final @Nullable StreamBody body;
    private final StreamSink sink;
    private @Nullable Exchange exchange;
    private @Nullable StreamTunnel tunnel;
    private long received;
    private boolean closed;
    private boolean cutting;
    private boolean broken;
    private long takenAtLook;
    private int stalledLooks;

    private ServerStream(
            Http2ServerConnection connection, int id, Method method, long length, Data data) {
        this.connection = connection;
        this.wire = connection.wire();
        this.id = id;
        this.headRequest = method.equals(Method.HEAD);
        this.length = length;
        StreamBody arriving = length == 0 ? null : new StreamBody(this, length);
        this.body = arriving;
        this.requestBody =
                arriving == null || data == Data.TUNNELLED ? BodySource.empty() : arriving;
        this.sink = new StreamSink(wire, id, this);
        if (requestBody.length() != 0) {
            connection.bodyBegins();
        }
    }

    /// @param length announced length of the body, -1 when unknown, 0 when there is none
    static ServerStream requested(
            Http2ServerConnection connection, int id, Method method, long length) {
        return new ServerStream(connection, id, method, length, Data.BODY);
    }

    /// The stream of an extended CONNECT: its DATA is no body and waits for whoever takes it over.
    static ServerStream connected(Http2ServerConnection connection, int id) {
        return new ServerStream(connection, id, Method.GET, -1, Data.TUNNELLED);
    }

    Exchange open(RequestHead head) {
        Exchange opened =
                new Exchange(connection.loop(), connection.peer(), head, requestBody, this);
        exchange = opened;
        return opened;
    }

    @Override
    public int data(ByteBuf data, boolean end) throws Http2Exception {
        int bytes = data.readableBytes();
        received += bytes;
        if (length >= 0 && (received > length || end && received < length)) {
            throw Http2Exception.streamError(
                    id, Http2Error.PROTOCOL_ERROR, "body is not as long as announced");
        }
        if (exchange != null) {
            exchange.countIn(bytes);
        }
        int taken = body == null ? bytes : body.data(data);
        if (end && body != null) {
            body.end(null);
        }
        return taken;
    }

    void trailers(Headers trailers) throws Http2Exception {
        if (length >= 0 && received < length) {
            throw Http2Exception.streamError(
                    id, Http2Error.PROTOCOL_ERROR, "body is shorter than announced");
        }
        if (body != null) {
            body.end(trailers);
        }
    }

    @Override
    public void readComplete() {
        if (body != null) {
            body.readComplete();
        }
    }

    @Override
    public void informational(ResponseHead head) {
        if (!closed) {
            wire.headers(id, OutFields.interim(head), false, wire.promise());
        }
    }

    @Override
    public BodySink begin(ResponseHead head) {
        if (closed) {
            return sink;
        }
        boolean bodiless = head.bodiless();
        if (bodiless && head.status() != 304) {
            head.headers().remove(HeaderName.CONTENT_LENGTH);
        }
        sink.begin(
                OutFields.answer(head, connection.date()),
                bodiless || headRequest ? StreamSink.Content.DROPPED : StreamSink.Content.SENT);
        return sink;
    }

    @Override
    public Tunnel takeOver(ResponseHead head) {
        sink.begin(OutFields.answer(head, connection.date()), StreamSink.Content.SENT);
        StreamTunnel taken = new StreamTunnel(this, connection, sink, tunnelled() ? body : null);
        tunnel = taken;
        Exchange over = exchange;
        exchange = null;
        if (over != null) {
            over.end(Ending.COMPLETE);
        }
        return taken;
    }

    private boolean tunnelled() {
        return body != null && !body.equals(requestBody);
    }

    /// The listener drains.
    void drain() {
        if (tunnel != null) {
            tunnel.drain();
        }
    }

    @Override
    public void cut() {
        reset(Http2Error.INTERNAL_ERROR);
    }

    void reset(Http2Error error) {
        if (!closed) {
            cutting = true;
            wire.reset(id, error);
            closed(false);
        }
    }

    @Override
    public void sinkBytes(int bytes) {
        if (exchange != null) {
            exchange.countOut(bytes);
        }
    }

    @Override
    public void sinkEnded() {}

    @Override
    public void sinkDone() {
        endExchange(Ending.COMPLETE);
        if (tunnel == null && !closed && body != null && !body.complete()) {
            // The answer is whole, so the rest of the body is of no use (RFC 9113 8.1).
            wire.reset(id, Http2Error.NO_ERROR);
        }
    }

    @Override
    public void sinkAborted(Failure why) {
        if (exchange != null) {
            exchange.fail(why);
        }
    }

    private void endExchange(Ending how) {
        if (exchange != null) {
            exchange.end(how);
        }
    }

    @Override
    public void bodyConsumed(int bytes) {
        wire.consumed(id, bytes);
    }

    @Override
    public void bodyDiscarded() {}

    @Override
    public void bodyComplete() {}

    /// The client reset the stream.
    void clientReset() {
        broken = true;
    }

    /// The stream is gone.
    ///
    /// @param orderly whether both sides may have come to their ends: not when we reset it or the connection was lost
    void closed(boolean orderly) {
        if (closed) {
            return;
        }
        closed = true;
        // The codec closes a stream when the last frame is written, which may be before its promise
        // is told.
        boolean whole = orderly && !broken && sink.over();
        sink.close();
        endExchange(whole ? Ending.COMPLETE : cutting ? Ending.CUT : Ending.CLIENT_GONE);
        if (body != null) {
            body.broken(Failure.of(FailureKind.CLIENT_GONE, "The client reset the stream"));
        }
        if (tunnel != null) {
            tunnel.ended();
        }
    }

    /// Whether there was more to be said to the client: an answer that has not ended, or a tunnel.
    boolean unfinished() {
        return tunnel == null ? exchange != null && !exchange.ended() : tunnel.open();
    }

    /// A success would tell the client that its WebSocket is open (RFC 8441 4).
    @Override
    public @Nullable Failure objection(ResponseHead head) {
        return tunnelled() && head.status() / 100 == 2 ? NO_SOCKET : null;
    }

    /// Looks for a stalled answer.
    void lookAtAnswer() {
        long taken = sink.written();
        stalledLooks = sink.queued() > 0 && taken - takenAtLook < MIN_TAKEN ? stalledLooks + 1 : 0;
        takenAtLook = taken;
        if (stalledLooks >= STALLED_LOOKS) {
            endExchange(Ending.CLIENT_GONE);
            reset(Http2Error.CANCEL);
        }
    }

    /// Looks for a body that dribbles.
    ///
    /// @param wanted bytes that must come in a window of [StreamBody#WINDOW_LOOKS] looks
    void lookAtBody(long wanted) {
        Exchange current = exchange;
        if (body != null && current != null && body.dribbles(wanted)) {
            if (!current.answered() && !isGrpc(current.request())) {
                current.fail(
                        Failure.of(
                                FailureKind.CLIENT_TIMEOUT, "Request body did not arrive in time"));
            }
        }
    }

    private static boolean isGrpc(RequestHead head) {
        String type = head.headers().get(HeaderName.CONTENT_TYPE);
        return type != null && type.regionMatches(true, 0, GRPC, 0, GRPC.length());
    }
}
