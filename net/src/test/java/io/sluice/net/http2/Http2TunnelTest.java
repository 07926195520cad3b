package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import io.sluice.net.sse.SseConfig;
import io.sluice.net.sse.SseFrames;
import io.sluice.net.sse.SseListener;
import io.sluice.net.sse.SseStream;
import io.sluice.net.ws.Frames;
import io.sluice.net.ws.WebSocket;
import io.sluice.net.ws.WsConfig;
import io.sluice.net.ws.WsEnd;
import io.sluice.net.ws.WsHandshake;
import io.sluice.net.ws.WsListener;
import io.sluice.net.ws.WsWatch;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Streams that leave HTTP: WebSockets by extended CONNECT (RFC 8441), and event streams.
@ExtendWith(LeakCheck.class)
class Http2TunnelTest {
    private static final int ENABLE_CONNECT_PROTOCOL = 8;
    private static final int NO_ERROR = 0;

    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final WsHandshake handshake = new WsHandshake(WsConfig.DEFAULT, WsWatch.NONE, 1);

    private Http2Fixture server() {
        return new Http2Fixture(this::handle);
    }

    private void handle(Exchange exchange) {
        switch (exchange.request().path()) {
            case "/ws" -> {
                if (handshake.check(exchange)) {
                    handshake.accept(exchange, null, new Echo());
                }
            }
            case "/events" -> SseStream.open(exchange, SseConfig.DEFAULT, new OneEvent());
            default ->
                    exchange.answer(
                            Response.of(
                                    404,
                                    "text/plain",
                                    exchange.request().method()
                                            + " "
                                            + exchange.request()
                                                    .headers()
                                                    .get(HeaderName.UPGRADE)));
        }
    }

    private static byte[] connect(String path, String protocol, String... more) {
        byte[] head =
                RawHttp2.block(
                        ":method",
                        "CONNECT",
                        ":protocol",
                        protocol,
                        ":scheme",
                        "http",
                        ":path",
                        path,
                        ":authority",
                        "a.test",
                        "sec-websocket-version",
                        "13");
        return both(head, RawHttp2.block(more));
    }

    private static byte[] both(byte[] one, byte[] two) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(two);
        return out.toByteArray();
    }

    private String end() throws InterruptedException {
        return Objects.requireNonNull(ends.poll(30, TimeUnit.SECONDS), "nothing ended within 30 s");
    }

    @Test
    void offersExtendedConnect() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            Frame settings = client.settings().send().await(RawHttp2.SETTINGS);
            boolean offered = false;
            for (int at = 0; at < settings.payload().length; at += 6) {
                int id = settings.payload()[at] << 8 | settings.payload()[at + 1];
                offered |= id == ENABLE_CONNECT_PROTOCOL && settings.number(at + 2) == 1;
            }
            assertThat(offered).isTrue();
        }
    }

    @Test
    void streamsThatAreOpenedToBeResetEndTheConnectionWithin500() throws Exception {
        for (String path : new String[] {"/ws", "/events"}) {
            try (Http2Fixture server = server();
                    RawHttp2 client = new RawHttp2(server.port())) {
                client.settings();
                for (int i = 0; i < 2_000; i++) {
                    int id = 2 * i + 1;
                    if (path.equals("/ws")) {
                        client.openHeaders(id, connect(path, "websocket"));
                    } else {
                        client.headers(id, RawHttp2.get(path));
                    }
                    client.frame(RawHttp2.RST_STREAM, 0, id, RawHttp2.number(8));
                }
                assertThat(client.send().goAwayCode()).as(path).isEqualTo(11);
                assertThat(server.handled.get()).isBetween(1, 500);
            }
        }
    }

    @Test
    void noOtherAnswerTellsTheClientThatItsWebSocketIsOpen() throws Exception {
        try (Http2Fixture server =
                        new Http2Fixture(
                                exchange -> exchange.answer(Response.of(200, "a/b", "x")));
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, connect("/page", "websocket")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "501");
            client.headers(3, RawHttp2.get("/page")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "200");
        }
    }

    @Test
    void aHandshakeThatAnnouncesABodyIsRefused() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .openHeaders(1, connect("/ws", "websocket", "content-length", "5"))
                    .send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "400");
            client.openHeaders(3, connect("/ws", "websocket", "content-length", "x")).send();
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isZero();
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(1);
            assertThat(server.handled.get()).isZero();
        }
    }

    @Test
    void carriesAWebSocketAndItsClose() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .openHeaders(1, connect("/ws", "websocket"))
                    .frame(RawHttp2.DATA, 0, 1, RawWebSocket.frame(0x81, "early"))
                    .send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "200")
                    .doesNotContainKey("sec-websocket-accept");
            assertThat(server.ending()).isEqualTo(Ending.COMPLETE);
            assertThat(data(client, 7)).isEqualTo("\u0081\u0005early");
            byte[] frame = RawWebSocket.frame(0x81, "split");
            client.frame(RawHttp2.DATA, 0, 1, java.util.Arrays.copyOf(frame, 4)).send();
            client.frame(RawHttp2.DATA, 0, 1, java.util.Arrays.copyOfRange(frame, 4, frame.length))
                    .send();
            assertThat(data(client, 7)).isEqualTo("\u0081\u0005split");
            client.frame(
                            RawHttp2.DATA,
                            0,
                            1,
                            RawWebSocket.frame(0x88, RawWebSocket.closing(1000, "")))
                    .send();
            Frame last = client.await(RawHttp2.DATA);
            assertThat(last.payload()).containsExactly(0x88, 2, 3, 0xe8);
            assertThat(last.endsStream()).isTrue();
            assertThat(end()).isEqualTo("BY_PEER 1000");
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[0]).send();
            // The connection serves other streams before and after.
            client.headers(3, RawHttp2.get("/other")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "404");
        }
    }

    /// Exactly so many bytes of DATA.
    private static String data(RawHttp2 client, int bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            Frame frame = client.await(RawHttp2.DATA);
            text.append(new String(frame.payload(), StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    @Test
    void hearsThatTheStreamWasResetOrEnded() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, connect("/ws", "websocket")).send();
            client.await(RawHttp2.HEADERS);
            client.frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.number(8)).send();
            assertThat(end()).isEqualTo("LOST 1006");
            client.openHeaders(3, connect("/ws", "websocket")).send();
            client.await(RawHttp2.HEADERS);
            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 3, new byte[0]).send();
            assertThat(client.await(RawHttp2.DATA).endsStream()).isTrue();
            assertThat(end()).isEqualTo("LOST 1006");
        }
    }

    @Test
    void anOffenceEndsTheStreamAndNotTheConnection() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .openHeaders(1, connect("/ws", "websocket"))
                    .frame(RawHttp2.DATA, 0, 1, new byte[] {(byte) 0x81, 1, 'a'})
                    .send();
            assertThat(data(client, 4)).startsWith("\u0088").contains("\u0003\u00ea");
            assertThat(end()).startsWith("BY_US 1002");
            client.headers(3, RawHttp2.get("/other")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "404");
        }
    }

    @Test
    void routesSeeAGetThatAsksForAnUpgrade() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, connect("/other", "websocket")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "404");
            assertThat(client.await(RawHttp2.DATA).text()).isEqualTo("GET websocket");
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void refusesOtherProtocolsAndMalformedConnects() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, connect("/ws", "connect-udp")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "501");
            client.openHeaders(
                            3, both(RawHttp2.block(":protocol", "websocket"), RawHttp2.get("/ws")))
                    .send();
            Frame reset = client.await(RawHttp2.RST_STREAM);
            while (reset.stream() != 3) {
                reset = client.await(RawHttp2.RST_STREAM);
            }
            assertThat(reset.number(0)).isEqualTo(1);
            client.headers(5, RawHttp2.get("/ws")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "400");
        }
    }

    @Test
    void carriesAnEventStreamWithoutChunks() throws Exception {
        try (Http2Fixture server = server();
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/events")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry("content-type", "text/event-stream")
                    .doesNotContainKey("transfer-encoding");
            String events = "retry: 3000\n\ndata: one\n\n";
            assertThat(data(client, events.length())).isEqualTo(events);
            server.drain();
            assertThat(client.await(RawHttp2.DATA).endsStream()).isTrue();
            assertThat(end()).isEqualTo("COMPLETE");
        }
    }

    @Test
    void hearsThatTheReaderOfAnEventStreamLeft() throws Exception {
        try (Http2Fixture server = server()) {
            try (RawHttp2 client = new RawHttp2(server.port())) {
                client.settings().headers(1, RawHttp2.get("/events")).send();
                client.await(RawHttp2.DATA);
            }
            assertThat(end()).isEqualTo("CLIENT_GONE");
        }
    }

    private final class Echo implements WsListener {
        private @Nullable WebSocket socket;

        @Override
        public void opened(WebSocket opened) {
            socket = opened;
        }

        @Override
        public void text(ByteBuf payload) {
            WebSocket to = Objects.requireNonNull(socket);
            to.write(Frames.text(to.allocator(), payload));
        }

        @Override
        public void binary(ByteBuf payload) {}

        @Override
        public void readComplete() {
            Objects.requireNonNull(socket).flush();
        }

        @Override
        public void drain() {}

        @Override
        public void closed(WsEnd end, int code, String reason) {
            ends.add(end + " " + code);
        }
    }

    private final class OneEvent implements SseListener {
        private @Nullable SseStream stream;

        @Override
        public void opened(SseStream opened) {
            stream = opened;
            byte[] data = "one".getBytes(StandardCharsets.UTF_8);
            opened.write(SseFrames.event(opened.allocator(), opened.framing(), null, null, data));
        }

        @Override
        public void drain() {
            Objects.requireNonNull(stream).close();
        }

        @Override
        public void closed(Ending how) {
            ends.add(how.name());
        }
    }
}
