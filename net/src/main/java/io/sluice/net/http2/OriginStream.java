package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.TrailerFields;
import org.jspecify.annotations.Nullable;

/// One call to an origin on one stream. After its end every call is swallowed. Loop thread only.
final class OriginStream
        implements StreamFrames.Fed, OriginCall, StreamBody.Carrier, StreamSink.Owner {
    private final Http2Origin origin;
    private final Http2Wire wire;
    private final int id;
    private final boolean headRequest;
    private final AnswerListener listener;
    private final StreamSink sink;
    private @Nullable StreamBody body;
    private long length = -1;
    private long received;
    private boolean requestEnded;
    private boolean replyStarted;
    private boolean refused;
    private boolean over;

    OriginStream(Http2Origin origin, int id, Method method, AnswerListener listener) {
        this.origin = origin;
        this.wire = origin.wire();
        this.id = id;
        this.headRequest = method.equals(Method.HEAD);
        this.listener = listener;
        this.sink = new StreamSink(wire, id, this);
    }

    void open(RequestHead head, long bodyLength) {
        sink.begin(OutFields.request(head), StreamSink.Content.SENT);
        if (bodyLength == 0) {
            requestEnded = true;
            sink.end(null);
        } else {
            sink.flush();
        }
    }

    @Override
    public BodySink body() {
        return sink;
    }

    @Override
    public boolean requestWritten() {
        return requestEnded;
    }

    @Override
    public void cancel() {
        if (!over) {
            end();
            wire.reset(id, Http2Error.CANCEL);
        }
    }

    /// Nothing is told any more, whatever is still held is let go.
    private void end() {
        over = true;
        sink.close();
        StreamBody arriving = body;
        if (arriving != null) {
            arriving.discard();
        }
    }

    void head(FieldBlock block, boolean end) throws Http2Exception {
        if (over) {
            return;
        }
        replyStarted = true;
        int status = block.statusValue();
        if (block.fault() != FieldBlock.Fault.NONE || status < 0 || status == 101) {
            throw malformed();
        }
        ResponseHead head = new ResponseHead(status, block.fields());
        if (status < 200) {
            listener.informational(head);
            return;
        }
        length = Opening.length(head.headers());
        if (length < -1) {
            throw malformed();
        }
        if (headRequest || head.bodiless()) {
            length = -1;
        }
        if (end) {
            if (length > 0) {
                throw malformed();
            }
            listener.answered(head, BodySource.empty());
            finished();
            return;
        }
        body = new StreamBody(this, length);
        listener.answered(head, body);
    }

    boolean answered() {
        return body != null;
    }

    @Override
    public int data(ByteBuf data, boolean end) throws Http2Exception {
        StreamBody arriving = body;
        int bytes = data.readableBytes();
        if (arriving == null || over) {
            return bytes;
        }
        received += bytes;
        if (length >= 0 && (received > length || end && received < length)) {
            throw malformed();
        }
        int taken = arriving.data(data);
        if (end) {
            arriving.end(null);
        }
        return taken;
    }

    void trailers(FieldBlock block) throws Http2Exception {
        if (block.fault() != FieldBlock.Fault.NONE
                || block.hasPseudo()
                || length >= 0 && received < length) {
            throw malformed();
        }
        StreamBody arriving = body;
        if (arriving != null && !over) {
            Headers trailers = block.fields();
            trailers.removeIf(TrailerFields.NOT_IN_ANSWERS);
            arriving.end(trailers);
        }
    }

    private Http2Exception malformed() {
        return Http2Exception.streamError(id, Http2Error.PROTOCOL_ERROR, "malformed reply");
    }

    @Override
    public void readComplete() {
        StreamBody arriving = body;
        if (arriving != null && !over) {
            arriving.readComplete();
        }
    }

    private void finished() {
        if (over) {
            return;
        }
        over = true;
        origin.callCompleted();
        if (!requestEnded) {
            // The answer is whole; what is left of the request is of no use.
            sink.close();
            wire.reset(id, Http2Error.CANCEL);
        }
        listener.finished(origin.open());
    }

    /// The origin reset the stream.
    void reset(long code) {
        refused = code == Http2Error.REFUSED_STREAM.code();
    }

    /// The stream is gone, in order or not.
    ///
    /// @param unprocessed whether the origin said that it never looked at the request
    void closed(boolean unprocessed) {
        StreamBody arriving = body;
        if (over || arriving != null && arriving.arrived()) {
            return;
        }
        over = true;
        sink.close();
        if (arriving != null) {
            arriving.broken(
                    Failure.of(FailureKind.BROKEN_REPLY, "The service broke off its answer"));
            listener.finished(origin.open());
        } else if (unprocessed || refused) {
            listener.failed(
                    Failure.of(FailureKind.CONNECT_FAILED, "The service did not take the request"),
                    false);
        } else {
            listener.failed(
                    Failure.of(
                            FailureKind.BROKEN_REPLY,
                            "The service gave no answer before the stream ended"),
                    replyStarted);
        }
    }

    @Override
    public void sinkBytes(int bytes) {}

    @Override
    public void sinkEnded() {
        requestEnded = true;
    }

    @Override
    public void sinkDone() {}

    @Override
    public void sinkAborted(Failure why) {
        // The request can never be whole: the origin must see a break, not an end.
        cancel();
    }

    @Override
    public void bodyConsumed(int bytes) {
        wire.consumed(id, bytes);
    }

    @Override
    public void bodyDiscarded() {
        if (!over) {
            over = true;
            sink.close();
            wire.reset(id, Http2Error.CANCEL);
            listener.finished(origin.open());
        }
    }

    @Override
    public void bodyComplete() {
        finished();
    }
}
