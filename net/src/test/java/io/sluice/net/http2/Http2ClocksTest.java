package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Response;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.loop.HeadBegan;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class Http2ClocksTest {
    private static final Handler EMPTY = exchange -> exchange.answer(Response.empty(204));

    /// Lets the loop's timers see the moved clock: they sweep every 20 ms of real time.
    private static void passASweep(Http2Fixture server) throws Exception {
        server.loop.executor().schedule(() -> {}, 60, TimeUnit.MILLISECONDS).get();
    }

    @Test
    void stalledAnswersAreResetThoughTheWindowDribbles() throws Exception {
        ManualTicker ticker = new ManualTicker();
        Handler large =
                exchange -> {
                    BodySink out = exchange.answer(new ResponseHead(200));
                    out.piece(Unpooled.wrappedBuffer(new byte[60_000]));
                    out.flush();
                };
        try (Http2Fixture server = new Http2Fixture(large, Http2Limits.DEFAULT, ticker);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings(4, 0).headers(1, RawHttp2.get("/")).send();
            client.await(RawHttp2.HEADERS);
            for (int i = 0; i < 7 && server.endings.isEmpty(); i++) {
                client.frame(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.number(1)).send();
                client.frame(RawHttp2.PING, 0, 0, new byte[8]).send().await(RawHttp2.PING);
                ticker.advance(Duration.ofSeconds(16));
                passASweep(server);
            }
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(8);
            assertThat(server.ending()).isEqualTo(Ending.CLIENT_GONE);
        }
    }

    @Test
    void silentAndIdleConnectionsAreClosed() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (Http2Fixture server = new Http2Fixture(EMPTY, Http2Limits.DEFAULT, ticker);
                RawHttp2 silent = new RawHttp2(server.port());
                RawHttp2 idle = new RawHttp2(server.port())) {
            idle.settings().headers(1, RawHttp2.get("/")).send().await(RawHttp2.HEADERS);
            silent.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
            Awaitility.await().until(() -> server.accepted.size() == 2);
            ticker.advance(Duration.ofSeconds(11));
            assertThat(endOf(silent)).isTrue();
            for (int i = 0; i < 15; i++) {
                ticker.advance(Duration.ofSeconds(16));
                passASweep(server);
            }
            assertThat(idle.goAwayCode()).isZero();
        }
    }

    @Test
    void thePrefaceCountsFromItsFirstByteWhereverThatWaited() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (Http2Fixture server = new Http2Fixture(EMPTY, Http2Limits.DEFAULT, ticker);
                RawHttp2 client = new RawHttp2(server.port())) {
            Awaitility.await().until(() -> server.accepted.size() == 1);
            server.tell(new HeadBegan(Duration.ofSeconds(1).toNanos()));
            passASweep(server);
            ticker.advance(Duration.ofSeconds(2));
            assertThat(endOf(client)).isTrue();
        }
    }

    private static boolean endOf(RawHttp2 client) throws IOException {
        client.goAwayCode();
        return true;
    }

    @Test
    void anIdleConnectionIsClosedInTimeThoughNoAnswerMayStall() throws Exception {
        ManualTicker ticker = new ManualTicker();
        Http2Clocks clocks =
                new Http2Clocks(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(180),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        1024);
        Http2Limits limits = new Http2Limits(100, 1 << 20, 32 * 1024, 100, clocks);
        try (Http2Fixture server = new Http2Fixture(EMPTY, limits, ticker);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().frame(RawHttp2.PING, 0, 0, new byte[8]).send().await(RawHttp2.PING);
            for (int i = 0; i < 3; i++) {
                ticker.advance(Duration.ofSeconds(16));
                passASweep(server);
            }
            client.headers(1, RawHttp2.get("/")).send().await(RawHttp2.HEADERS);
            for (int i = 0; i < 15; i++) {
                ticker.advance(Duration.ofSeconds(16));
                passASweep(server);
            }
            assertThat(client.goAwayCode()).isZero();
        }
    }
}
