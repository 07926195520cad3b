package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Response;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LeakCheck.class)
class Http2AbuseTest {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final Handler SILENT = exchange -> {};
    private static final Handler EMPTY = exchange -> exchange.answer(Response.empty(204));

    @Test
    void farewellsNameNoClassAndQuoteNothing() throws Exception {
        byte[] badIndex = {(byte) 0x80};
        for (int type : new int[] {RawHttp2.HEADERS, RawHttp2.DATA, RawHttp2.SETTINGS}) {
            try (Http2Fixture server = new Http2Fixture(exchange -> {});
                    RawHttp2 client = new RawHttp2(server.port())) {
                int stream = type == RawHttp2.HEADERS ? 1 : 0;
                client.settings().frame(type, RawHttp2.END_HEADERS, stream, badIndex).send();
                assertThat(client.await(RawHttp2.GOAWAY).payload()).hasSize(8);
            }
        }
    }

    @Test
    void rapidResetsEndTheConnectionWithin500() throws Exception {
        try (Http2Fixture server = new Http2Fixture(SILENT);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int i = 0; i < 2_000; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/"))
                        .frame(RawHttp2.RST_STREAM, 0, 2 * i + 1, RawHttp2.number(8));
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(server.handled.get()).isBetween(1, 500);
            Awaitility.await().until(() -> server.endings.size() == server.handled.get());
        }
    }

    @Test
    void resetsThatTheClientProvokesCountAlike() throws Exception {
        try (Http2Fixture server = new Http2Fixture(SILENT);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int i = 0; i < 2_000; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/"))
                        .frame(RawHttp2.WINDOW_UPDATE, 0, 2 * i + 1, RawHttp2.number(0));
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(server.handled.get()).isBetween(1, 500);
        }
    }

    @Test
    void streamsAboveTheLimitAreRefusedAndTheConnectionLives() throws Exception {
        try (Http2Fixture server = new Http2Fixture(SILENT);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int i = 0; i < 1_000; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/"));
            }
            client.frame(RawHttp2.PING, 0, 0, new byte[8]).send();
            int refused = 0;
            Frame frame = client.read();
            while (frame.type() != RawHttp2.PING) {
                if (frame.type() == RawHttp2.RST_STREAM) {
                    assertThat(frame.number(0)).isEqualTo(7);
                    refused++;
                }
                frame = client.read();
            }
            assertThat(refused).isEqualTo(900);
            assertThat(server.handled.get()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                RawHttp2.SETTINGS,
                RawHttp2.PING,
                RawHttp2.PRIORITY,
                RawHttp2.DATA,
                RawHttp2.WINDOW_UPDATE,
                77
            })
    void controlFloodEndsTheConnectionWithin10000Frames(int type) throws Exception {
        byte[] payload =
                switch (type) {
                    case RawHttp2.PING -> new byte[8];
                    case RawHttp2.PRIORITY -> new byte[5];
                    case RawHttp2.WINDOW_UPDATE -> RawHttp2.number(1);
                    default -> new byte[0];
                };
        boolean ofStream = type == RawHttp2.DATA || type == RawHttp2.PRIORITY;
        try (Http2Fixture server = new Http2Fixture(SILENT);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().openHeaders(1, RawHttp2.request("POST", "/"));
            for (int i = 0; i < 10_000; i++) {
                client.frame(type, 0, ofStream ? 1 : 0, payload);
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(server.ending()).isEqualTo(Ending.CLIENT_GONE);
            assertThat(server.refusals)
                    .extracting(Failure::kind)
                    .containsExactly(FailureKind.RATE_LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawHttp2.SETTINGS, RawHttp2.PING, RawHttp2.GOAWAY})
    void aFloodOfAcknowledgementsOrFarewellsEndsTheConnectionToo(int type) throws Exception {
        int flags = type == RawHttp2.GOAWAY ? 0 : 1;
        byte[] payload = new byte[type == RawHttp2.SETTINGS ? 0 : 8];
        try (Http2Fixture server = new Http2Fixture(SILENT);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int i = 0; i < 10_000; i++) {
                client.frame(type, flags, 0, payload);
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void endlessContinuationsEndTheConnection(int fragment) throws Exception {
        try (Http2Fixture server = new Http2Fixture(SILENT);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.get("/"));
            for (int i = 0; i < 5_000; i++) {
                client.frame(RawHttp2.CONTINUATION, 0, 1, new byte[fragment]);
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
            assertThat(server.handled.get()).isZero();
        }
    }

    @Test
    void tooManyFieldsAndCrumbsAreAnswered431() throws Exception {
        String[] crumbs = new String[200];
        for (int i = 0; i < crumbs.length; i += 2) {
            crumbs[i] = "cookie";
            crumbs[i + 1] = "a=" + i;
        }
        assertThat(statusOf(RawHttp2.get("/", crumbs))).isEqualTo("431");
    }

    @Test
    void headerListAbove32KibibytesIsAnswered431() throws Exception {
        assertThat(
                        statusOf(
                                RawHttp2.get(
                                        "/",
                                        "x-long",
                                        "y".repeat(15_000),
                                        "x-more",
                                        "z".repeat(18_000))))
                .isEqualTo("431");
    }

    @Test
    void badTargetAndMissingAuthorityAreAnswered400() throws Exception {
        assertThat(statusOf(RawHttp2.get("/a%00b"))).isEqualTo("400");
        assertThat(statusOf(RawHttp2.get("/a?x y"))).isEqualTo("400");
        assertThat(statusOf(RawHttp2.get("/../../etc"))).isEqualTo("400");
        assertThat(statusOf(RawHttp2.block(":method", "GET", ":scheme", "http", ":path", "/")))
                .isEqualTo("400");
        assertThat(statusOf(RawHttp2.get("/", "host", "b.test"))).isEqualTo("400");
        assertThat(statusOf(RawHttp2.request("CONNECT", "/"))).isEqualTo("405");
    }

    private static String statusOf(byte[] block) throws Exception {
        try (Http2Fixture server = new Http2Fixture(EMPTY);
                RawHttp2 client = new RawHttp2(server.port())) {
            int split = Math.min(block.length, 16_000);
            client.settings()
                    .frame(
                            RawHttp2.HEADERS,
                            RawHttp2.END_STREAM,
                            1,
                            java.util.Arrays.copyOf(block, split));
            for (int at = split; at < block.length; at += 16_000) {
                client.frame(
                        RawHttp2.CONTINUATION,
                        0,
                        1,
                        java.util.Arrays.copyOfRange(
                                block, at, Math.min(at + 16_000, block.length)));
            }
            client.frame(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 1, new byte[0]).send();
            Map<String, String> answer = client.decode(client.await(RawHttp2.HEADERS));
            assertThat(server.handled.get()).isZero();
            return String.valueOf(answer.get(":status"));
        }
    }

    @Test
    void malformedHeadsAreReset() throws Exception {
        byte[][] blocks = {
            RawHttp2.get("/", "Upper", "x"),
            RawHttp2.get("/", "x-split", "a\r\nb: c"),
            RawHttp2.get("/", "x-nul", "a\0b"),
            RawHttp2.get("/", "bad name", "x"),
            RawHttp2.get("/", "", "x"),
            RawHttp2.get("/", "x-blank", " x"),
            RawHttp2.get("/", "connection", "close"),
            RawHttp2.get("/", "transfer-encoding", "chunked"),
            RawHttp2.get("/", "te", "gzip"),
            RawHttp2.get("/", "te", "trailers", "te", "gzip"),
            RawHttp2.block(
                    ":method",
                    "GET",
                    ":scheme",
                    "http",
                    ":path",
                    "/",
                    ":authority",
                    "a.test",
                    ":status",
                    "none"),
            RawHttp2.block(":method", "GET", ":scheme", "", ":path", "/", ":authority", "a.test"),
            RawHttp2.block(
                    ":method", "GET", ":scheme", "h ttp", ":path", "/", ":authority", "a.test"),
            RawHttp2.get("/", ":path", "/again"),
            RawHttp2.get("/", "content-length", "1"),
            RawHttp2.get("/", "content-length", "+0"),
            RawHttp2.get("/", "content-length", "0", "content-length", "0"),
            RawHttp2.get(""),
            RawHttp2.block(":method", "GET", ":path", "/", ":authority", "a.test"),
            RawHttp2.block(":method", "GET", ":scheme", "http", ":path", "/", ":secret", "x"),
        };
        try (Http2Fixture server = new Http2Fixture(EMPTY);
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings();
            for (int i = 0; i < blocks.length; i++) {
                client.headers(2 * i + 1, blocks[i]).send();
                Frame reset = client.await(RawHttp2.RST_STREAM);
                assertThat(reset.stream()).as("block %d", i).isEqualTo(2 * i + 1);
                assertThat(reset.number(0)).isEqualTo(1);
            }
            assertThat(server.handled.get()).isZero();
        }
    }

    @Test
    void bodyOfAnotherLengthThanAnnouncedIsReset() throws Exception {
        try (Http2Fixture server = new Http2Fixture(new EchoHandler());
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings()
                    .openHeaders(1, RawHttp2.request("POST", "/", "content-length", "3"))
                    .frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[2])
                    .openHeaders(3, RawHttp2.request("POST", "/", "content-length", "3"))
                    .frame(RawHttp2.DATA, 0, 3, new byte[4])
                    .send();
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(1);
            assertThat(client.await(RawHttp2.RST_STREAM).number(0)).isEqualTo(1);
            assertThat(server.ending()).isNotEqualTo(Ending.COMPLETE);
            assertThat(server.ending()).isNotEqualTo(Ending.COMPLETE);
        }
    }

    @Test
    void refusalsAreTold() throws Exception {
        try (Http2Fixture server = new Http2Fixture(EMPTY, Http2Limits.DEFAULT, Ticker.system());
                RawHttp2 client = new RawHttp2(server.port())) {
            client.settings().headers(1, RawHttp2.get("/a%00")).send().await(RawHttp2.HEADERS);
            assertThat(server.refusals)
                    .singleElement()
                    .satisfies(refusal ->
                            assertThat(refusal.kind()).isEqualTo(FailureKind.BAD_REQUEST));
        }
    }
}
