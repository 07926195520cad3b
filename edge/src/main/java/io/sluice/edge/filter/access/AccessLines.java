package io.sluice.edge.filter.access;

import io.sluice.core.fail.Failure;
import io.sluice.core.telemetry.Redaction;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.RouteMatch;
import io.sluice.net.http.UpstreamNote;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines of one loop: gathers them in a buffer and hands it over when it is half full or 100 ms old. Loop thread
/// only.
final class AccessLines {
    private static final long MAX_AGE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int HAND_OVER = LineBuffer.SIZE / 2;
    private static final int LONG = 1024;
    private static final int SHORT = 256;

    private static final byte[] TIME = ascii("{\"time\":\"");
    private static final byte[] REQUEST_ID = ascii("Z\",\"requestId\":");
    private static final byte[] TRACE_ID = ascii(",\"traceId\":");
    private static final byte[] CLIENT = ascii(",\"client\":");
    private static final byte[] METHOD = ascii(",\"method\":");
    private static final byte[] PATH = ascii(",\"path\":\"");
    private static final byte[] QUERY = ascii("?");
    private static final byte[] PROTOCOL = ascii("\",\"protocol\":");
    private static final byte[] STATUS = ascii(",\"status\":");
    private static final byte[] BYTES_IN = ascii(",\"bytesIn\":");
    private static final byte[] BYTES_OUT = ascii(",\"bytesOut\":");
    private static final byte[] DURATION = ascii(",\"durationMs\":");
    private static final byte[] ROUTE = ascii(",\"route\":");
    private static final byte[] SERVICE = ascii(",\"service\":");
    private static final byte[] INSTANCE = ascii(",\"instance\":");
    private static final byte[] ATTEMPTS = ascii(",\"attempts\":");
    private static final byte[] FAILURE = ascii(",\"failure\":");
    private static final byte[] USER_AGENT = ascii(",\"userAgent\":");

    private final LineWriter writer;
    private final Redaction redaction;
    private @Nullable LineBuffer buffer;
    private @Nullable Loop loop;
    private @Nullable Timer timer;
    private long second = Long.MIN_VALUE;
    private byte[] secondText = {};

    AccessLines(LineWriter writer, Redaction redaction) {
        this.writer = writer;
        this.redaction = redaction;
    }

    /// The loop these lines belong to, or null before the first one.
    @Nullable Loop loop() {
        return loop;
    }

    void write(Exchange exchange, RequestHead request, Ending ending) {
        LineBuffer to = buffer;
        if (to == null) {
            to = open(exchange.loop());
            if (to == null) {
                writer.drop(1);
                return;
            }
        }
        line(to, exchange, request, ending);
        if (to.used > HAND_OVER) {
            handOver();
        }
    }

    private @Nullable LineBuffer open(Loop own) {
        Timer due = timer;
        if (due == null) {
            loop = own;
            due = own.timers().timer(this::handOver);
            timer = due;
        }
        buffer = writer.take();
        if (buffer != null) {
            due.in(MAX_AGE);
        }
        return buffer;
    }

    void handOver() {
        LineBuffer full = buffer;
        if (full != null) {
            buffer = null;
            writer.give(full);
        }
        if (timer != null) {
            timer.clear();
        }
    }

    private void line(LineBuffer to, Exchange exchange, RequestHead request, Ending ending) {
        to.raw(TIME);
        time(to, exchange.loop().ticker().epochMillis());
        field(to, REQUEST_ID, exchange.requestId());
        field(to, TRACE_ID, exchange.trace().traceId());
        field(to, CLIENT, exchange.clientAddress());
        field(to, METHOD, request.method().name());
        to.raw(PATH);
        to.characters(request.path(), LONG);
        String query = request.query();
        if (query != null) {
            to.raw(QUERY);
            to.characters(redaction.query(query), LONG);
        }
        field(to, PROTOCOL, request.protocol().text());
        to.raw(STATUS);
        to.number(status(exchange));
        to.raw(BYTES_IN);
        to.number(exchange.bytesIn());
        to.raw(BYTES_OUT);
        to.number(exchange.bytesOut());
        to.raw(DURATION);
        to.millis(exchange.loop().ticker().nanos() - exchange.startNanos());
        way(to, exchange);
        failure(to, exchange.failure(), ending);
        String agent = request.headers().get(HeaderName.USER_AGENT);
        if (agent != null) {
            field(to, USER_AGENT, agent);
        }
        to.endLine();
    }

    private static void way(LineBuffer to, Exchange exchange) {
        RouteMatch route = exchange.route();
        if (route != null) {
            field(to, ROUTE, route.routeId());
        }
        UpstreamNote upstream = exchange.upstream();
        if (upstream.attempts() > 0) {
            field(to, SERVICE, upstream.service());
            field(to, INSTANCE, upstream.instance());
            to.raw(ATTEMPTS);
            to.number(upstream.attempts());
        }
    }

    private static void failure(LineBuffer to, @Nullable Failure failure, Ending ending) {
        if (failure != null) {
            field(to, FAILURE, failure.kind().label());
        } else {
            switch (ending) {
                case COMPLETE -> {}
                case CUT -> field(to, FAILURE, "cut");
                case CLIENT_GONE -> field(to, FAILURE, "client_gone");
            }
        }
    }

    /// The status sent; 499 when the client left before one was.
    static int status(Exchange exchange) {
        ResponseHead answer = exchange.answer();
        return answer == null ? 499 : answer.status();
    }

    private void time(LineBuffer to, long millis) {
        long now = Math.floorDiv(millis, 1000);
        if (now != second) {
            second = now;
            secondText = ascii(Instant.ofEpochSecond(now).toString().replace("Z", ""));
        }
        to.raw(secondText);
        int fraction = (int) Math.floorMod(millis, 1000L);
        to.bytes[to.used++] = '.';
        to.bytes[to.used++] = (byte) ('0' + fraction / 100);
        to.bytes[to.used++] = (byte) ('0' + fraction / 10 % 10);
        to.bytes[to.used++] = (byte) ('0' + fraction % 10);
    }

    private static void field(LineBuffer to, byte[] name, String value) {
        to.raw(name);
        to.string(value, SHORT);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
