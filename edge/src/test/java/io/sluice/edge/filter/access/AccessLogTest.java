package io.sluice.edge.filter.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.config.ConfigContract;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.id.TraceContext;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.telemetry.Redaction;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Pair;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Response;
import io.sluice.net.http.RouteMatch;
import io.sluice.net.http.UpstreamNote;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogTest {
    private final ExchangeFixture fixture = new ExchangeFixture();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Metrics metrics = Metrics.unread();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRequestIsOneLineOfJson() {
        Pair pair =
                fixture.get("/a/b?x=1&token=SECRET")
                        .header("User-Agent", "curl \"8\"\u00e9")
                        .open();
        logged(
                pair,
                exchange -> {
                    exchange.identify(
                            "r-1", TraceContext.of("t".repeat(32), "s".repeat(16), 1, ""));
                    exchange.route(new RouteMatch("api", "/a/*", Map.of()));
                    exchange.upstream(new UpstreamNote("users", "u1", 2, 5));
                    exchange.request(exchange.request().withTarget("/b", null));
                    fixture.ticker.advance(Duration.ofNanos(12_345_678));
                    exchange.countIn(7);
                    exchange.answer(Response.of(200, "text/plain", "hello"));
                });
        assertThat(text())
                .isEqualTo(
                        "{\"time\":\"2026-01-01T00:00:00.012Z\",\"requestId\":\"r-1\",\"traceId\":\""
                                + "t".repeat(32)
                                + "\",\"client\":\"192.0.2.7\",\"method\":\"GET\","
                                + "\"path\":\"/a/b?x=1&token=***\",\"protocol\":\"HTTP/1.1\","
                                + "\"status\":200,\"bytesIn\":7,\"bytesOut\":5,"
                                + "\"durationMs\":12.345,\"route\":\"api\",\"service\":\"users\","
                                + "\"instance\":\"u1\",\"attempts\":2,"
                                + "\"userAgent\":\"curl \\u00228\\u0022\\u00e9\"}\n");
    }

    @Test
    void failuresAndLeavingClientsAreNamed() {
        logged(
                fixture.get("/a").open(),
                exchange -> exchange.fail(Failure.of(FailureKind.NOT_FOUND, "No.")));
        assertThat(text()).contains("\"status\":404", "\"failure\":\"not_found\"");

        out.reset();
        logged(fixture.get("/a").open(), exchange -> exchange.end(Ending.CLIENT_GONE));
        assertThat(text()).contains("\"status\":499", "\"failure\":\"client_gone\"");
    }

    @Test
    void linesOfOneLoopAreGatheredAndWrittenSoon() {
        try (AccessLog log = log(out)) {
            fixture.loop.executor().submit(() -> answer(log, 3)).syncUninterruptibly();
            fixture.ticker.advance(Duration.ofMillis(200));
            await().until(() -> text().lines().count() == 3);
        }
    }

    @Test
    void hugeFieldsAreCutSoThatALineAlwaysFits() {
        Pair pair =
                fixture.get("/" + "\u0001".repeat(9000) + "?" + "\u0002".repeat(9000))
                        .header("User-Agent", "\u00ff".repeat(9000))
                        .open();
        logged(pair, exchange -> exchange.answer(Response.empty(204)));
        assertThat(text().length()).isBetween(10_000, LineBuffer.SIZE / 2);
    }

    @Test
    void linesAreDroppedAndCountedWhenTheDiskIsTooSlow() {
        CountDownLatch blocked = new CountDownLatch(1);
        OutputStream slow =
                new OutputStream() {
                    @Override
                    public void write(int b) {}

                    @Override
                    public void write(byte[] bytes, int from, int length) {
                        try {
                            blocked.await();
                        } catch (InterruptedException stopped) {
                            Thread.currentThread().interrupt();
                        }
                    }
                };
        try (AccessLog log = log(slow)) {
            fixture.loop.executor().submit(() -> answer(log, 60_000)).syncUninterruptibly();
            assertThat(metrics.counters("gateway_access_log_dropped_total", "").of().value())
                    .isPositive();
            blocked.countDown();
        }
    }

    @Test
    void aFileIsAppendedTo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("access.log");
        Files.writeString(file, "before\n");
        try (OutputStream target =
                AccessLog.open(new AccessLogConfig(true, file.toString(), List.of()))) {
            target.write("after\n".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(file).hasContent("before\nafter\n");
    }

    @Test
    void everyKeyOfTheConfigurationBinds() {
        ConfigContract.of(AccessLogConfig.class).verify();
    }

    @Test
    void requestsAreCountedByRouteMethodAndStatus() {
        HttpMeters meters = new HttpMeters(metrics);
        Pair known = fixture.get("/a").open();
        Pair strange = fixture.request("BREW", "/nowhere").open();
        for (Pair pair : List.of(known, strange)) {
            meters.apply(pair.exchange());
        }
        assertThat(metrics.gauges("gateway_http_requests_active", "").of().value()).isEqualTo(2);

        known.exchange().route(new RouteMatch("api", "/a", Map.of()));
        known.exchange().answer(Response.empty(204));
        strange.exchange().fail(Failure.of(FailureKind.NOT_FOUND, "No."));

        assertThat(meters.requests.of("GET", "api", "204").value()).isEqualTo(1);
        assertThat(meters.requests.of("OTHER", HttpMeters.UNMATCHED, "404").value()).isEqualTo(1);
        assertThat(metrics.gauges("gateway_http_requests_active", "").of().value()).isZero();
        assertThat(metrics.registry().scrape().stream()).hasSize(5);
    }

    private void answer(AccessLog log, int times) {
        for (int i = 0; i < times; i++) {
            Pair pair = fixture.get("/a?" + "x".repeat(300)).open();
            log.apply(pair.exchange());
            pair.exchange().answer(Response.empty(204));
        }
    }

    private void logged(Pair pair, java.util.function.Consumer<Exchange> handler) {
        try (AccessLog log = log(out)) {
            fixture.loop
                    .executor()
                    .submit(() -> {
                        log.apply(pair.exchange());
                        handler.accept(pair.exchange());
                    })
                    .syncUninterruptibly();
        }
    }

    private AccessLog log(OutputStream target) {
        return new AccessLog(target, new Redaction(List.of()), 1, metrics);
    }

    private String text() {
        return out.toString(StandardCharsets.US_ASCII);
    }
}
