package io.sluice.app.console;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.json.JsonText;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Headers;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One instance of the demo service: answers every request with JSON that says who answered and what arrived.
public final class DemoInstance implements Handler {
    private final String name;
    private final AtomicLong hits = new AtomicLong();

    public DemoInstance(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /// Requests answered so far.
    public long hits() {
        return hits.get();
    }

    @Override
    public void handle(Exchange exchange) {
        exchange.requestBody().to(new AnsweringSink(exchange));
    }

    private String body(RequestHead head, long bodyBytes) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("instance", name);
        body.put("method", head.method().name());
        body.put("path", head.path());
        body.put("query", head.query() == null ? "" : head.query());
        body.put("headers", head.headers().size());
        body.put("bodyBytes", bodyBytes);
        body.put("hits", hits.incrementAndGet());
        return JsonText.of(body);
    }

    /// Counts and drops the request body, then answers.
    private final class AnsweringSink implements BodySink {
        private final Exchange exchange;
        private long received;

        AnsweringSink(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public void piece(ByteBuf piece) {
            received += piece.readableBytes();
            piece.release();
        }

        @Override
        public void flush() {}

        @Override
        public void end(@Nullable Headers trailers) {
            if (!exchange.ended()) {
                exchange.answer(
                        Response.of(200, "application/json", body(exchange.request(), received)));
            }
        }

        @Override
        public void abort(Failure why) {
            exchange.fail(why);
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(@Nullable Runnable listener) {}
    }
}
