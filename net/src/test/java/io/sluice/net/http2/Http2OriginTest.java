package io.sluice.net.http2;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.Ending;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Response;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http2.OriginProbe.Heard;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class Http2OriginTest {

    private static OriginCall call(Heard heard) {
        return requireNonNull(heard.call);
    }

    @Test
    void manyCallsShareOneConnection() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange ->
                                exchange.answer(
                                        Response.of(
                                                200, "text/plain", exchange.request().path())));
                OriginProbe probe = new OriginProbe(server.port())) {
            Heard first = probe.get("/a");
            Heard second = probe.get("/b");
            assertThat(first.next()).isEqualTo("answered 200");
            assertThat(first.next()).isEqualTo("body /a");
            assertThat(first.next()).isEqualTo("finished true");
            assertThat(second.next()).isEqualTo("answered 200");
            assertThat(second.next()).isEqualTo("body /b");
            assertThat(second.next()).isEqualTo("finished true");
            assertThat(probe.onLoop(probe.connection::completedCalls)).isEqualTo(2);
            assertThat(probe.onLoop(probe.connection::capacity)).isEqualTo(100);
            assertThat(call(first).requestWritten()).isTrue();
        }
    }

    @Test
    void requestBodyAndTrailersAreEchoed() throws Exception {
        try (Http2Fixture server = new Http2Fixture(new EchoHandler());
                OriginProbe probe = new OriginProbe(server.port())) {
            Heard heard = probe.call(Method.POST, "/", -1);
            assertThat(heard.next()).isEqualTo("answered 200");
            Headers trailers = new Headers();
            trailers.add(HeaderName.of("grpc-status"), "0");
            probe.onLoop(() -> {
                BodySink out = call(heard).body();
                out.piece(OriginProbe.text("ab"));
                out.flush();
                out.piece(OriginProbe.text("cd"));
                out.end(trailers);
                return "";
            });
            assertThat(heard.next()).isEqualTo("body abcd grpc-status: 0");
            assertThat(heard.next()).isEqualTo("finished true");
            assertThat(requireNonNull(heard.head).headers().get(HeaderName.of("x-method")))
                    .isEqualTo("POST");
        }
    }

    @Test
    void slowReceiverHoldsTheOriginBack() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange -> {
                            BodySink out = exchange.answer(new ResponseHead(200));
                            for (int i = 0; i < 8; i++) {
                                out.piece(Unpooled.wrappedBuffer(new byte[16 * 1024]));
                            }
                            out.end(null);
                        });
                OriginProbe probe = new OriginProbe(server.port())) {
            Heard slow = new Heard();
            slow.hold = true;
            probe.onLoop(() ->
                    probe.connection.send(
                            new io.sluice.net.http.RequestHead(
                                    Method.GET,
                                    "http",
                                    "o.test",
                                    "/",
                                    null,
                                    io.sluice.net.http.Protocol.HTTP_2,
                                    new Headers()),
                            0,
                            slow));
            assertThat(slow.next()).isEqualTo("answered 200");
            assertThat(server.endings).isEmpty();
            probe.onLoop(() -> {
                requireNonNull(slow.source).to(slow);
                return "";
            });
            assertThat(slow.next()).startsWith("body ").hasSize(5 + 128 * 1024);
            assertThat(slow.next()).isEqualTo("finished true");
            assertThat(server.ending()).isEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void cancelResetsTheStreamAndSaysNothing() throws Exception {
        try (Http2Fixture server = new Http2Fixture(exchange -> {});
                OriginProbe probe = new OriginProbe(server.port())) {
            Heard heard = probe.get("/");
            Awaitility.await().until(() -> server.handled.get() == 1);
            probe.onLoop(() -> {
                call(heard).cancel();
                return "";
            });
            assertThat(server.ending()).isEqualTo(Ending.CLIENT_GONE);
            assertThat(heard.quiet()).isTrue();
            assertThat(probe.onLoop(probe.connection::open)).isTrue();
        }
    }

    @Test
    void theAnswerToACancelledCallIsDroppedInSilenceToItsEnd() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OriginProbe probe = new OriginProbe(listener.getLocalPort());
                RawHttp2 origin = new RawHttp2(listener.accept())) {
            origin.settings().send();
            Heard heard = probe.get("/");
            int id = origin.await(RawHttp2.HEADERS).stream();
            probe.onLoop(() -> {
                call(heard).cancel();
                return "";
            });
            assertThat(origin.await(RawHttp2.RST_STREAM).stream()).isEqualTo(id);
            origin.openHeaders(id, RawHttp2.block(":status", "103"))
                    .openHeaders(id, RawHttp2.block(":status", "200"))
                    .frame(RawHttp2.DATA, 0, id, new byte[1_000])
                    .frame(RawHttp2.DATA, 0, id, new byte[1_000])
                    .headers(id, RawHttp2.block("x-checksum", "1"))
                    .frame(RawHttp2.PING, 0, 0, new byte[8])
                    .send();
            Frame frame = origin.read();
            while (frame.type() != RawHttp2.PING) {
                assertThat(frame.type()).isNotIn(RawHttp2.RST_STREAM, RawHttp2.GOAWAY);
                frame = origin.read();
            }
            assertThat(heard.quiet()).isTrue();
        }
    }

    @Test
    void lostConnectionBreaksCallsOnce() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(exchange -> {
                            if (exchange.request().path().equals("/begun")) {
                                BodySink out = exchange.answer(new ResponseHead(200));
                                out.piece(OriginProbe.text("x"));
                                out.flush();
                            }
                        });
                OriginProbe probe = new OriginProbe(server.port())) {
            Heard begun = probe.get("/begun");
            Heard silent = probe.get("/silent");
            assertThat(begun.next()).isEqualTo("answered 200");
            server.accepted.close().sync();
            assertThat(begun.next()).isEqualTo("aborted BROKEN_REPLY");
            assertThat(begun.next()).isEqualTo("finished false");
            assertThat(silent.next()).isEqualTo("failed BROKEN_REPLY false");
            assertThat(probe.closes.poll(30, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();
            assertThat(probe.onLoop(probe.connection::capacity)).isZero();
            assertThat(probe.get("/").next()).isEqualTo("failed CONNECT_FAILED false");
        }
    }

    @Test
    void whatTheOriginDidNotTakeMayBeTriedElsewhere() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OriginProbe probe = new OriginProbe(listener.getLocalPort());
                RawHttp2 origin = new RawHttp2(listener.accept())) {
            origin.settings(3, 2).send();
            Awaitility.await().until(() -> probe.onLoop(probe.connection::capacity) == 2);
            Heard refused = probe.get("/1");
            Heard below = probe.get("/3");
            assertThat(probe.onLoop(probe.connection::capacity)).isZero();
            int first = origin.await(RawHttp2.HEADERS).stream();
            int second = origin.await(RawHttp2.HEADERS).stream();
            origin.frame(RawHttp2.RST_STREAM, 0, first, RawHttp2.number(7)).send();
            assertThat(refused.next()).isEqualTo("failed CONNECT_FAILED false");
            Heard above = probe.get("/5");
            origin.await(RawHttp2.HEADERS);
            origin.frame(RawHttp2.GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) second, 0, 0, 0, 0})
                    .send();
            assertThat(above.next()).isEqualTo("failed CONNECT_FAILED false");
            assertThat(probe.closes.poll(30, java.util.concurrent.TimeUnit.SECONDS)).isNotNull();
            origin.headers(second, new byte[] {(byte) 0x88}).send();
            assertThat(below.next()).isEqualTo("answered 200");
            assertThat(below.next()).startsWith("body");
            assertThat(below.next()).isEqualTo("finished false");
            origin.goAwayCode();
        }
    }

    @Test
    void malformedAnswersAreBroken() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OriginProbe probe = new OriginProbe(listener.getLocalPort());
                RawHttp2 origin = new RawHttp2(listener.accept())) {
            origin.settings().send();
            byte[][] answers = {
                RawHttp2.block("x", "y"),
                RawHttp2.block(":status", "2xx"),
                RawHttp2.block(":status", "101"),
                RawHttp2.block(":status", "200", "connection", "close"),
                RawHttp2.block(":status", "200", "content-length", "5"),
            };
            for (byte[] answer : answers) {
                Heard heard = probe.get("/");
                Frame request = origin.await(RawHttp2.HEADERS);
                origin.headers(request.stream(), answer).send();
                assertThat(heard.next()).startsWith("failed BROKEN_REPLY");
            }
            assertThat(probe.onLoop(probe.connection::open)).isTrue();
        }
    }

    @Test
    void interimAnswersAndLengthsArePassedOn() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OriginProbe probe = new OriginProbe(listener.getLocalPort());
                RawHttp2 origin = new RawHttp2(listener.accept())) {
            origin.settings().send();
            Heard heard = probe.call(Method.POST, "/p?q", 2);
            Frame request = origin.await(RawHttp2.HEADERS);
            assertThat(origin.decode(request))
                    .containsEntry(":path", "/p?q")
                    .containsEntry(":authority", "o.test")
                    .containsEntry("content-length", "2");
            origin.openHeaders(request.stream(), RawHttp2.block(":status", "103", "link", "</x>"))
                    .send();
            assertThat(heard.next()).isEqualTo("interim 103");
            probe.onLoop(() -> {
                call(heard).body().piece(OriginProbe.text("ab"));
                call(heard).body().end(null);
                return "";
            });
            Frame data = origin.await(RawHttp2.DATA);
            assertThat(data.text()).isEqualTo("ab");
            assertThat(data.endsStream()).isTrue();
            origin.openHeaders(
                            request.stream(),
                            RawHttp2.block(":status", "200", "content-length", "3"))
                    .frame(RawHttp2.DATA, RawHttp2.END_STREAM, request.stream(), new byte[2])
                    .send();
            assertThat(heard.next()).isEqualTo("answered 200");
            assertThat(heard.next()).isEqualTo("aborted BROKEN_REPLY");
        }
    }
}
