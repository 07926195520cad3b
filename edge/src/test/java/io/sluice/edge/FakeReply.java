package io.sluice.edge;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Reply;
import io.sluice.net.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Keeps what an exchange was answered with.
public final class FakeReply implements Reply, BodySink {
    private final StringBuilder body = new StringBuilder();
    private volatile @Nullable ResponseHead head;
    private volatile boolean cut;
    @Nullable Exchange exchange;

    public int status() {
        ResponseHead given = head;
        return given == null ? 0 : given.status();
    }

    public Headers headers() {
        return Objects.requireNonNull(head, "not answered").headers();
    }

    public @Nullable String header(String name) {
        return headers().get(HeaderName.of(name));
    }

    public String body() {
        return body.toString();
    }

    public boolean wasCut() {
        return cut;
    }

    @Override
    public void informational(ResponseHead interim) {}

    @Override
    public BodySink begin(ResponseHead given) {
        head = given;
        return this;
    }

    @Override
    public void cut() {
        cut = true;
        finish(Ending.CUT);
    }

    @Override
    public void piece(ByteBuf piece) {
        Objects.requireNonNull(exchange).countOut(piece.readableBytes());
        body.append(piece.toString(StandardCharsets.UTF_8));
        piece.release();
    }

    @Override
    public void flush() {}

    @Override
    public void end(@Nullable Headers trailers) {
        finish(Ending.COMPLETE);
    }

    @Override
    public void abort(Failure why) {
        cut();
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {}

    private void finish(Ending ending) {
        Objects.requireNonNull(exchange).end(ending);
    }
}
