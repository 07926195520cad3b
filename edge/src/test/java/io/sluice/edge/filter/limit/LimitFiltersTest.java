package io.sluice.edge.filter.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.core.config.ConfigContract;
import io.sluice.core.fail.Failure;
import io.sluice.core.identity.Principal;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Pair;
import io.sluice.edge.FakeReply;
import io.sluice.edge.filter.FilterChain;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.ClientNetwork;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitFiltersTest {
    private final ExchangeFixture fixture = new ExchangeFixture();
    private final Counters counters = Metrics.unread().counters("c_total", "C.", "kind");

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aBurstPassesAndTheRestIsToldWhenToComeBack() {
        Handler chain = limited(RateLimitFilter.Key.ADDRESS);
        for (int i = 0; i < 20; i++) {
            assertThat(run(chain, fixture.get("/a").open()).status()).isEqualTo(200);
        }
        FakeReply refused = run(chain, fixture.get("/a").open());
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("20");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.body()).contains("\"error\":\"rate_limit\"");
        assertThat(counters.of("hits").value()).isEqualTo(21);
        assertThat(counters.of("rejected").value()).isEqualTo(1);

        fixture.ticker.advance(Duration.ofSeconds(1));
        FakeReply later = run(chain, fixture.get("/a").open());
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.header("X-RateLimit-Remaining")).isEqualTo("9");
        assertThat(later.header("X-RateLimit-Reset")).isEqualTo("2");
    }

    @Test
    void eachAddressHasItsOwnBucket() {
        Handler chain = limited(RateLimitFilter.Key.ADDRESS);
        for (int i = 0; i < 20; i++) {
            run(chain, fixture.get("/a").open());
        }
        assertThat(run(chain, fixture.get("/a").open()).status()).isEqualTo(429);
        assertThat(run(chain, fixture.get("/a").from("192.0.2.8").open()).status()).isEqualTo(200);
    }

    @Test
    void addressesOfOneIpv6NetworkShareABucket() {
        Handler chain = limited(RateLimitFilter.Key.ADDRESS);
        for (int i = 0; i < 20; i++) {
            run(chain, fixture.get("/a").from("2001:db8:0:7::" + i).open());
        }
        assertThat(run(chain, fixture.get("/a").from("2001:db8:0:7:ffff::1").open()).status())
                .isEqualTo(429);
        assertThat(run(chain, fixture.get("/a").from("2001:db8:0:8::1").open()).status())
                .isEqualTo(200);
    }

    @Test
    void bucketsThatNeverFillAreRefusedWhileTheConfigurationIsRead() {
        List<String> problems = new ArrayList<>();
        new RateLimit(1e-6, 1_000_000_000).check((key, why) -> problems.add(key));
        new RateLimit(1e-12, 0).check((key, why) -> problems.add(key));
        new RateLimit(1, 1_000_000_000).check((key, why) -> problems.add(key));
        new RateLimitRule(RateLimit.of(1e-3), 1_000_000_000, null, 64)
                .check((key, why) -> problems.add(key));

        assertThat(problems).containsExactly("", "", "rateLimitBurst");
    }

    @Test
    void identitiesAreLimitedWhereverTheyComeFrom() {
        Handler chain = limited(RateLimitFilter.Key.IDENTITY);
        for (int i = 0; i < 21; i++) {
            Pair pair = fixture.get("/a").from("192.0.2." + i).open();
            pair.exchange()
                    .principal(new Principal("ann", "user", "jwt", Set.of(), Map.of(), null));
            assertThat(run(chain, pair).status()).isEqualTo(i < 20 ? 200 : 429);
        }
        FakeReply unknown = run(chain, fixture.get("/a").open());
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.header("X-RateLimit-Limit")).isNull();
    }

    @Test
    void announcedBodiesOverTheLimitAreNotRead() {
        ManualBody body = new ManualBody(11);
        FakeReply reply = run(bounded(new CountingSink()), fixture.get("/a").body(body).open());
        assertThat(reply.status()).isEqualTo(413);
        assertThat(body.sink).isNull();
        assertThat(body.discarded).isTrue();
    }

    @Test
    void bodiesOfUnknownLengthAreCutAtTheLimit() {
        ManualBody body = new ManualBody(-1);
        CountingSink sink = new CountingSink();
        Pair pair = fixture.get("/a").body(body).open();
        run(bounded(sink), pair);

        body.give("12345");
        body.give("12345");
        assertThat(pair.reply().status()).isZero();
        body.give("1");
        body.give("more");
        body.end();

        assertThat(pair.reply().status()).isEqualTo(413);
        assertThat(sink.bytes).isEqualTo(10);
        assertThat(sink.aborts).isEqualTo(1);
        assertThat(sink.ends).isZero();
        assertThat(body.discarded).isTrue();
        assertThat(body.unreleased).isZero();
    }

    @Test
    void bodiesWithinTheLimitPassUnchanged() {
        ManualBody body = new ManualBody(-1);
        CountingSink sink = new CountingSink();
        run(bounded(sink), fixture.get("/a").body(body).open());
        body.give("1234567890");
        body.end();
        assertThat(sink.bytes).isEqualTo(10);
        assertThat(sink.ends).isEqualTo(1);
    }

    @Test
    void everyKeyOfTheConfigurationBinds() {
        ConfigContract.of(RateLimitRule.class)
                .required("requestsPerSecond", "5")
                .sample("rateLimit", "10")
                .sample("identityRateLimit", "{requestsPerSecond: 2, burst: 4}")
                .verify();
        ConfigContract.of(BodyLimitRule.class).verify();
        assertThat(new RateLimitRule(RateLimit.of(10), 20, null, 64).perAddress())
                .isEqualTo(new RateLimit(10, 20));
        assertThat(new RateLimitRule(RateLimit.of(0), 20, null, 64).perAddress()).isNull();
    }

    private Handler limited(RateLimitFilter.Key key) {
        RateLimitFilter filter =
                new RateLimitFilter(
                        key,
                        new TokenBuckets(new RateLimit(10, 20), 100),
                        new ClientNetwork(64),
                        counters.of("hits"),
                        counters.of("rejected"));
        return new FilterChain(
                List.of(filter), exchange -> exchange.answer(Response.of(200, "text/plain", "ok")));
    }

    private static Handler bounded(BodySink sink) {
        return new FilterChain(
                List.of(new BodyLimitFilter(10)), exchange -> exchange.requestBody().to(sink));
    }

    private static FakeReply run(Handler handler, Pair pair) {
        Exchange exchange = pair.exchange();
        handler.handle(exchange);
        return pair.reply();
    }

    private static final class ManualBody implements BodySource {
        private final long length;
        @Nullable BodySink sink;
        boolean discarded;
        int unreleased;

        ManualBody(long length) {
            this.length = length;
        }

        void give(String text) {
            BodySink target = sink;
            if (target != null) {
                ByteBuf piece = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
                target.piece(piece);
                unreleased += piece.refCnt();
            }
        }

        void end() {
            if (sink != null) {
                sink.end(null);
            }
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void to(BodySink target) {
            sink = target;
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void discard() {
            discarded = true;
        }
    }

    private static final class CountingSink implements BodySink {
        int bytes;
        int ends;
        int aborts;

        @Override
        public void piece(ByteBuf piece) {
            bytes += piece.readableBytes();
            piece.release();
        }

        @Override
        public void flush() {}

        @Override
        public void end(@Nullable Headers trailers) {
            ends++;
        }

        @Override
        public void abort(Failure why) {
            aborts++;
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(@Nullable Runnable listener) {}
    }
}
