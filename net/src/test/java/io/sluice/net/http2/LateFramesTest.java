package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.net.http.Exchange;
import io.sluice.net.http.Response;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What a client sent on a stream before it could know that the stream was reset or refused.
@ExtendWith(LeakCheck.class)
class LateFramesTest {
    private static final int STREAM_CLOSED = 5;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int ENHANCE_YOUR_CALM = 11;

    private static final int PADDED = 8;
    private static final int STREAM_WINDOW = 65_535;
    private static final int CONNECTION_WINDOW = 1 << 20;

    /// Says nothing to a GET, echoes a PUT, and refuses a POST without a look at its body.
    private static void handle(Exchange exchange) {
        if (exchange.request().method().name().equals("PUT")) {
            new EchoHandler().handle(exchange);
        }
        if (exchange.request().method().name().equals("POST")) {
            exchange.answer(Response.empty(403));
            exchange.requestBody().discard();
        }
    }

    /// Resets and farewells up to the answer to a PING that is sent last.
    private static List<Frame> until(RawHttp2 client) throws IOException {
        client.frame(RawHttp2.PING, 0, 0, new byte[8]).send();
        List<Frame> ends = new ArrayList<>();
        Frame frame = client.read();
        while (frame.type() != RawHttp2.PING) {
            if (frame.type() == RawHttp2.RST_STREAM || frame.type() == RawHttp2.GOAWAY) {
                ends.add(frame);
            }
            frame = client.read();
        }
        return ends;
    }

    @Test
    void theRestOfAnUploadThatWasRefusedHurtsNoOtherStream() throws Exception {
        try (Http2Fixture server = new Http2Fixture(LateFramesTest::handle);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .headers(1, RawHttp2.get("/"))
                    .openHeaders(3, RawHttp2.request("POST", "/"))
                    .send();
            assertThat(client.await(RawHttp2.RST_STREAM).stream()).isEqualTo(3);

            for (int i = 0; i < 1_000; i++) {
                client.frame(RawHttp2.DATA, 0, 3, new byte[60]);
            }
            client.headers(3, RawHttp2.block("x-checksum", "1"));

            assertThat(until(client)).isEmpty();
            assertThat(server.endings).hasSize(1);
            client.openHeaders(5, RawHttp2.request("POST", "/")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "403");
        }
    }

    @Test
    void framesOnAStreamAboveTheLimitHurtNoOtherStream() throws Exception {
        try (Http2Fixture server = new Http2Fixture(LateFramesTest::handle);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int i = 0; i < 100; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/"));
            }
            for (int id = 201; id < 211; id += 2) {
                client.openHeaders(id, RawHttp2.request("POST", "/"))
                        .frame(RawHttp2.DATA, 0, id, new byte[100])
                        .frame(RawHttp2.WINDOW_UPDATE, 0, id, RawHttp2.number(1))
                        .headers(id, RawHttp2.block("x-checksum", "1"));
            }
            client.frame(RawHttp2.RST_STREAM, 0, 209, RawHttp2.number(CANCEL));

            assertThat(until(client))
                    .hasSize(5)
                    .allSatisfy(frame -> {
                        assertThat(frame.type()).isEqualTo(RawHttp2.RST_STREAM);
                        assertThat(frame.number(0)).isEqualTo(REFUSED_STREAM);
                    });
            client.frame(RawHttp2.RST_STREAM, 0, 1, RawHttp2.number(CANCEL))
                    .openHeaders(211, RawHttp2.request("POST", "/"))
                    .frame(RawHttp2.DATA, 0, 201, new byte[100])
                    .send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)))
                    .containsEntry(":status", "403");
        }
    }

    @Test
    void aWholeWindowOfTheConnectionMayBeLateAndIsGivenBack() throws Exception {
        try (Http2Fixture server = new Http2Fixture(LateFramesTest::handle);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int round = 0; round < 3; round++) {
                fillWindowLate(client, 1 + 1000 * round);
                assertThat(until(client)).isEmpty();
            }
            client.openHeaders(9001, RawHttp2.request("PUT", "/"));
            for (int i = 0; i < 4; i++) {
                client.frame(
                        RawHttp2.DATA, i < 3 ? 0 : RawHttp2.END_STREAM, 9001, new byte[15_000]);
            }
            client.send();
            int echoed = 0;
            Frame frame = client.await(RawHttp2.HEADERS);
            while (!frame.endsStream()) {
                frame = client.await(RawHttp2.DATA);
                echoed += frame.payload().length;
            }
            assertThat(echoed).isEqualTo(60_000);
        }
    }

    /// Sends as much as the connection takes on streams that were refused, each frame padded.
    private static void fillWindowLate(RawHttp2 client, int first) throws IOException {
        int streams = CONNECTION_WINDOW / STREAM_WINDOW + 1;
        for (int i = 0; i < streams; i++) {
            client.openHeaders(first + 2 * i, RawHttp2.request("POST", "/"));
        }
        client.send();
        for (int i = 0; i < streams; i++) {
            client.await(RawHttp2.RST_STREAM);
        }
        int left = CONNECTION_WINDOW;
        for (int i = 0; i < streams; i++) {
            int room = Math.min(STREAM_WINDOW, left);
            left -= room;
            while (room > 0) {
                byte[] payload = new byte[Math.min(1_000, room)];
                payload[0] = (byte) Math.min(255, payload.length - 1);
                client.frame(RawHttp2.DATA, PADDED, first + 2 * i, payload);
                room -= payload.length;
            }
        }
    }

    @Test
    void moreThanCanHaveBeenOnItsWayIsAnOffence() throws Exception {
        try (Http2Fixture server = new Http2Fixture(LateFramesTest::handle);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, RawHttp2.request("POST", "/")).send();
            client.await(RawHttp2.RST_STREAM);
            for (int i = 0; i < 1_000; i++) {
                client.frame(RawHttp2.DATA, 0, 1, new byte[1_000]);
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void trailersComeOnce() throws Exception {
        try (Http2Fixture server = new Http2Fixture(LateFramesTest::handle);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, RawHttp2.request("POST", "/")).send();
            client.await(RawHttp2.RST_STREAM);
            client.headers(1, RawHttp2.block("x-checksum", "1"));
            assertThat(until(client)).isEmpty();
            for (int i = 0; i < 1_000; i++) {
                client.headers(1, RawHttp2.block("x-checksum", "1"));
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void dataOfAClientThatEndedTheStreamItselfIsAnOffence() throws Exception {
        try (Http2Fixture server = new Http2Fixture(LateFramesTest::handle);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.request("POST", "/")).send();
            client.await(RawHttp2.HEADERS);
            client.frame(RawHttp2.DATA, 0, 1, new byte[10]).send();
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(STREAM_CLOSED);
        }
    }
}
