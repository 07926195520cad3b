package io.sluice.net.http2;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/// Answers 200 with the request's body and trailers, pausing the source while the answer is not writable; the head tells
/// what was understood.
final class EchoHandler implements Handler {

    @Override
    public void handle(Exchange exchange) {
        ResponseHead head = new ResponseHead(200);
        Headers seen = head.headers();
        seen.add(HeaderName.of("x-method"), exchange.request().method().name());
        seen.add(HeaderName.of("x-target"), exchange.request().target());
        seen.add(HeaderName.of("x-authority"), exchange.request().authority());
        String cookie = exchange.request().headers().get(HeaderName.COOKIE);
        seen.add(HeaderName.of("x-cookie"), cookie == null ? "" : cookie);
        BodySink out = exchange.answer(head);
        out.onWritable(exchange.requestBody()::resume);
        exchange.requestBody().to(new Relay(exchange, out));
    }

    private record Relay(Exchange exchange, BodySink out) implements BodySink {
        @Override
        public void piece(ByteBuf piece) {
            out.piece(piece);
            if (!out.writable()) {
                exchange.requestBody().pause();
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void end(@Nullable Headers trailers) {
            out.end(trailers);
        }

        @Override
        public void abort(Failure why) {
            out.abort(why);
        }

        @Override
        public boolean writable() {
            return out.writable();
        }

        @Override
        public void onWritable(@Nullable Runnable listener) {
            out.onWritable(listener);
        }
    }
}
