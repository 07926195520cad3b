package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Answers with the request's head and body as text; counts what reached it.
final class Echo implements Handler {
    final AtomicInteger requests = new AtomicInteger();

    @Override
    public void handle(Exchange exchange) {
        requests.incrementAndGet();
        StringBuilder text = new StringBuilder();
        text.append(exchange.request().method())
                .append(' ')
                .append(exchange.request().target())
                .append('\n');
        text.append("authority: ").append(exchange.request().authority()).append('\n');
        text.append(exchange.request().headers()).append('\n');
        exchange.requestBody().to(new Collector(exchange, text));
    }

    private record Collector(Exchange exchange, StringBuilder text) implements BodySink {
        @Override
        public void piece(ByteBuf piece) {
            text.append(piece.toString(StandardCharsets.UTF_8));
            piece.release();
        }

        @Override
        public void flush() {}

        @Override
        public void end(@Nullable Headers trailers) {
            if (trailers != null) {
                text.append("\ntrailers\n").append(trailers);
            }
            exchange.answer(Response.of(200, "text/plain", text.toString()));
        }

        @Override
        public void abort(Failure why) {}

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(@Nullable Runnable listener) {}
    }
}
