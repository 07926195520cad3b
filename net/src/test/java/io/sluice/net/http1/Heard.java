package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import io.sluice.net.http.ResponseHead;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A caller that takes the body of its answer and writes down what it hears.
final class Heard implements AnswerListener, BodySink {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> pieces = new CopyOnWriteArrayList<>();
    private volatile @Nullable ResponseHead head;

    List<String> events() {
        return events;
    }

    String text() {
        return String.join("", pieces);
    }

    ResponseHead head() {
        return Objects.requireNonNull(head);
    }

    boolean over() {
        return !events.isEmpty()
                && (events.getLast().startsWith("finished")
                        || events.getLast().startsWith("failed"));
    }

    @Override
    public void informational(ResponseHead interim) {
        events.add("interim " + interim.status());
    }

    @Override
    public void answered(ResponseHead newHead, BodySource source) {
        head = newHead;
        events.add(String.valueOf(newHead.status()));
        source.to(this);
    }

    @Override
    public void failed(Failure failure, boolean replyStarted) {
        events.add("failed " + failure.kind().label() + " started=" + replyStarted);
    }

    @Override
    public void finished(boolean reusable) {
        events.add("finished " + reusable);
    }

    @Override
    public void piece(ByteBuf piece) {
        pieces.add(piece.toString(StandardCharsets.UTF_8));
        piece.release();
    }

    @Override
    public void flush() {}

    @Override
    public void end(@Nullable Headers trailers) {
        events.add(trailers == null ? "end" : "end " + trailers);
    }

    @Override
    public void abort(Failure why) {
        events.add("abort " + why.kind().label());
    }

    @Override
    public boolean writable() {
        return true;
    }

    @Override
    public void onWritable(@Nullable Runnable listener) {}
}
