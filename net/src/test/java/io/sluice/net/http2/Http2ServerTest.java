package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Ending;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import io.sluice.net.http.ResponseHead;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class Http2ServerTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @Test
    void requestIsUnderstoodAndAnswered() throws Exception {
        try (Http2Fixture server = new Http2Fixture(new EchoHandler());
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .headers(1, RawHttp2.get("/a/./b?q=1", "cookie", "a=1", "cookie", "b=2"))
                    .send();
            Frame head = client.await(RawHttp2.HEADERS);
            assertThat(head.endsStream()).isTrue();
            assertThat(client.decode(head))
                    .containsEntry(":status", "200")
                    .containsEntry("x-method", "GET")
                    .containsEntry("x-target", "/a/b?q=1")
                    .containsEntry("x-authority", "a.test")
                    .containsEntry("x-cookie", "a=1; b=2")
                    .containsKey("date");
            assertThat(server.ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void bodyAndTrailersGoBothWays() throws Exception {
        try (Http2Fixture server = new Http2Fixture(new EchoHandler());
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .openHeaders(1, RawHttp2.request("POST", "/", "content-length", "10"))
                    .frame(RawHttp2.DATA, 0, 1, HELLO)
                    .frame(RawHttp2.DATA, 0, 1, HELLO)
                    .headers(1, RawHttp2.block("grpc-status", "0"))
                    .send();
            client.await(RawHttp2.HEADERS);
            StringBuilder body = new StringBuilder();
            Frame frame = client.read();
            while (frame.type() != RawHttp2.HEADERS) {
                body.append(frame.type() == RawHttp2.DATA ? frame.text() : "");
                frame = client.read();
            }
            assertThat(body.toString()).isEqualTo("hellohello");
            assertThat(client.decode(frame)).containsExactly(Map.entry("grpc-status", "0"));
            assertThat(frame.endsStream()).isTrue();
            assertThat(server.ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void lastPieceEndsTheStreamWithoutAnEmptyFrame() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(
                                exchange -> exchange.answer(Response.of(200, "text/plain", "hi")));
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/")).send();
            Frame data = client.await(RawHttp2.DATA);
            assertThat(data.text()).isEqualTo("hi");
            assertThat(data.endsStream()).isTrue();
        }
    }

    @Test
    void headAnswerHasNoBody() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(
                                exchange -> exchange.answer(Response.of(200, "text/plain", "hi")));
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.request("HEAD", "/")).send();
            Frame head = client.await(RawHttp2.HEADERS);
            assertThat(head.endsStream()).isTrue();
            assertThat(client.decode(head)).containsEntry("content-length", "2");
        }
    }

    @Test
    void interimAnswerComesFirst() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange -> {
                            exchange.informational(new ResponseHead(100));
                            exchange.answer(Response.empty(204));
                        });
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .openHeaders(1, RawHttp2.request("POST", "/", "expect", "100-continue"))
                    .send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "100");
            Frame last = client.await(RawHttp2.HEADERS);
            assertThat(client.decode(last)).containsEntry(":status", "204");
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isZero();
        }
    }

    @Test
    void answerWaitsForTheWindowAndTheSourceIsHeld() throws Exception {
        AtomicReference<BodySink> sink = new AtomicReference<>();
        byte[] chunk = new byte[16 * 1024];
        try (Http2Fixture server =
                        new Http2Fixture(exchange -> {
                            BodySink out = exchange.answer(new ResponseHead(200));
                            sink.set(out);
                            while (out.writable()) {
                                out.piece(Unpooled.wrappedBuffer(chunk));
                            }
                            out.onWritable(() -> out.end(null));
                        });
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings(4, 10_000).headers(1, RawHttp2.get("/")).send();
            assertThat(client.await(RawHttp2.DATA).payload()).hasSize(10_000);
            assertThat(sink.get().writable()).isFalse();
            client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(1 << 20))
                    .frame(RawHttp2.WINDOW_UPDATE, 0, 1, RawHttp2.number(1 << 20))
                    .send();
            int got = 10_000;
            Frame frame = client.read();
            while (!frame.endsStream()) {
                got += frame.type() == RawHttp2.DATA ? frame.payload().length : 0;
                frame = client.read();
            }
            assertThat(got + frame.payload().length).isEqualTo(64 * 1024);
            assertThat(server.ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void windowIsGivenBackOnlyForWhatTheSinkTakes() throws Exception {
        try (Http2Fixture server = new Http2Fixture(exchange -> {});
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, RawHttp2.request("POST", "/"));
            for (int i = 0; i < 4; i++) {
                client.frame(RawHttp2.DATA, 0, 1, new byte[16_000]);
            }
            client.frame(RawHttp2.PING, 0, 0, new byte[8]).send();
            Frame frame = client.read();
            while (frame.type() != RawHttp2.PING) {
                boolean ofStream = frame.type() == RawHttp2.WINDOW_UPDATE && frame.stream() == 1;
                assertThat(ofStream).isFalse();
                frame = client.read();
            }
        }
    }

    @Test
    void clientResetEndsTheExchange() throws Exception {
        try (Http2Fixture server = new Http2Fixture(exchange -> {});
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .headers(1, RawHttp2.get("/"))
                    .frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.number(8))
                    .send();
            assertThat(server.ending()).isEqualTo(Ending.CLIENT_GONE);
        }
    }

    @Test
    void closedConnectionEndsItsExchanges() throws Exception {
        try (Http2Fixture server = new Http2Fixture(exchange -> {})) {
            try (RawHttp2 client = new RawHttp2(server.port())) {
                client.settings()
                        .headers(1, RawHttp2.get("/"))
                        .headers(3, RawHttp2.get("/"))
                        .send();
                client.frame(RawHttp2.PING, 0, 0, new byte[8]).send().await(RawHttp2.PING);
            }
            assertThat(server.ending()).isEqualTo(Ending.CLIENT_GONE);
            assertThat(server.ending()).isEqualTo(Ending.CLIENT_GONE);
        }
    }

    @Test
    void brokenSourceResetsTheStream() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange -> {
                            BodySink out = exchange.answer(new ResponseHead(200));
                            out.piece(Unpooled.wrappedBuffer(HELLO));
                            out.flush();
                            out.abort(
                                    io.sluice.core.fail.Failure.of(
                                            FailureKind.BROKEN_REPLY, "gone"));
                        });
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/")).send();
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(2);
            assertThat(server.ending()).isEqualTo(Ending.CUT);
        }
    }

    @Test
    void badHandlerIsAnswered500() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange -> {
                            throw new IllegalStateException("bug");
                        });
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "500");
        }
    }

    @Test
    void drainLetsRunningRequestsEnd() throws Exception {
        AtomicReference<io.sluice.net.http.Exchange> waiting = new AtomicReference<>();
        try (Http2Fixture server = new Http2Fixture(waiting::set);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .headers(1, RawHttp2.get("/"))
                    .frame(RawHttp2.PING, 0, 0, new byte[8])
                    .send();
            client.await(RawHttp2.PING);
            server.drain();
            assertThat(client.await(RawHttp2.GOAWAY).number(0)).isEqualTo(Integer.MAX_VALUE);
            assertThat(client.await(RawHttp2.GOAWAY).number(0)).isEqualTo(1);
            server.loop.executor().execute(() -> waiting.get().answer(Response.empty(204)));
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "204");
            assertThat(client.goAwayCode()).isEqualTo(-1);
        }
    }

    @Test
    void aSlowReaderGetsTheWholeAnswerOfAConnectionThatDrains() throws Exception {
        ManualTicker ticker = new ManualTicker();
        byte[] page = new byte[400_000];
        try (Http2Fixture server =
                        new Http2Fixture(
                                exchange -> exchange.answer(Response.of(200, "text/plain", page)),
                                Http2Limits.DEFAULT,
                                ticker);
                Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            slow.setSoTimeout(30_000);
            RawHttp2 client = RawHttp2.over(slow);
            client.settings(4, 1 << 20)
                    .frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(1 << 20))
                    .headers(1, RawHttp2.get("/"))
                    .send();
            assertThat(server.ending()).isEqualTo(Ending.COMPLETE);

            server.drain();
            passASweep(server);
            ticker.advance(Duration.ofSeconds(1));
            passASweep(server);
            client.frame(RawHttp2.WINDOW_UPDATE, 0, 0, RawHttp2.number(1)).send();

            int got = 0;
            Frame frame = client.await(RawHttp2.DATA);
            while (!frame.endsStream()) {
                got += frame.payload().length;
                frame = client.await(RawHttp2.DATA);
            }
            assertThat(got + frame.payload().length).isEqualTo(page.length);
            Frame asked = client.await(RawHttp2.PING);
            client.frame(RawHttp2.PING, 1, 0, asked.payload()).send();
            assertThat(client.goAwayCode()).isEqualTo(-1);
        }
    }

    @Test
    void aClientThatSaysNothingAtTheEndIsNotWaitedForForEver() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (Http2Fixture server =
                        new Http2Fixture(
                                exchange -> exchange.answer(Response.empty(204)),
                                Http2Limits.DEFAULT,
                                ticker);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/")).send().await(RawHttp2.HEADERS);
            server.drain();
            passASweep(server);
            ticker.advance(Duration.ofSeconds(1));
            client.await(RawHttp2.PING);
            passASweep(server);
            ticker.advance(Duration.ofSeconds(6));
            assertThat(client.goAwayCode()).isEqualTo(-1);
        }
    }

    /// Lets the loop's timers see the moved clock: they sweep every 20 ms of real time.
    private static void passASweep(Http2Fixture server) throws Exception {
        server.loop.executor().schedule(() -> {}, 60, TimeUnit.MILLISECONDS).get();
    }

    @Test
    void hopByHopFieldsNeverLeave()
            throws IOException, io.netty.handler.codec.http2.Http2Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange ->
                                exchange.answer(
                                        Response.empty(200)
                                                .with(HeaderName.CONNECTION, "keep-alive")
                                                .with(HeaderName.of("X-Mixed"), "Ok")));
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .doesNotContainKey("connection")
                    .containsEntry("x-mixed", "Ok");
        }
    }
}
