package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginRequest;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawHttp2.Frame;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// HTTP/2 clients that ask for too much (R09, R11 to R13), against the whole gateway: what reaches the service is
/// bounded and cancelled, and the connection ends or lives as the row says.
@Timeout(180)
class Http2AbuseIT {
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;
    private static final int ENHANCE_YOUR_CALM = 11;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static RawHttp2 connect(Defended target) throws IOException {
        return new RawHttp2(target.port());
    }

    @Test
    void ofAThousandStreamsAHundredRunAndTheOthersAreRefused() throws Exception {
        try (Defended target = Defended.start(gateways)) {
            target.origin().otherwise(OriginHandlers.stall());
            try (RawHttp2 client = connect(target)) {
                assertThat(refusedOfAThousand(client)).isEqualTo(900);
                await().untilAsserted(() ->
                        assertThat(target.origin().counts().requests()).isEqualTo(100));
            }
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().openRequests()).isZero());
            assertThat(target.origin().counts().cancelled()).isEqualTo(100);
            await().untilAsserted(() -> assertThat(target.refusals("overloaded")).isEqualTo(900));
        }
    }

    private static int refusedOfAThousand(RawHttp2 client) throws IOException {
        client.settings();
        for (int i = 0; i < 1_000; i++) {
            client.headers(2 * i + 1, RawHttp2.get("/x"));
        }
        client.frame(RawHttp2.PING, 0, 0, new byte[8]).send();
        int refused = 0;
        Frame frame = client.read();
        while (frame.type() != RawHttp2.PING) {
            if (frame.type() == RawHttp2.RST_STREAM) {
                assertThat(frame.number(0)).isEqualTo(REFUSED_STREAM);
                refused++;
            }
            frame = client.read();
        }
        return refused;
    }

    @Test
    void rapidResetsEndTheConnectionAndEveryCallIsCancelled() throws Exception {
        try (Defended target = Defended.start(gateways);
                RawHttp2 client = connect(target)) {
            target.origin().otherwise(OriginHandlers.stall());
            client.settings();
            for (int i = 0; i < 5_000; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/x"))
                        .frame(RawHttp2.RST_STREAM, 0, 2 * i + 1, RawHttp2.number(CANCEL));
            }
            assertThat(client.send().goAwayCode()).isEqualTo(ENHANCE_YOUR_CALM);
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().openRequests()).isZero());
            assertThat(target.origin().counts().requests()).isLessThanOrEqualTo(500);
            await().untilAsserted(() -> assertThat(target.refusals("rate_limit")).isEqualTo(1));
        }
    }

    @Test
    void answersNobodyTakesAreResetAndTheirCallsEnd() throws Exception {
        try (Defended target =
                        Defended.start(
                                gateways,
                                "frontend.http.writeTimeout=1s",
                                "frontend.http.headerTimeout=1s");
                RawHttp2 client = connect(target)) {
            target.origin().otherwise(OriginHandlers.sized(20_000_000));
            client.settings(4, 0);
            for (int i = 0; i < 100; i++) {
                client.headers(2 * i + 1, RawHttp2.get("/big"));
            }
            client.send();
            Set<Integer> reset = new HashSet<>();
            while (reset.size() < 100) {
                Frame frame = client.await(RawHttp2.RST_STREAM);
                assertThat(frame.number(0)).isEqualTo(CANCEL);
                reset.add(frame.stream());
            }
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().openRequests()).isZero());
            assertThat(target.origin().counts().cancelled()).isEqualTo(100);
        }
    }

    @Test
    void aHeaderBombIsRefusedAndTheServiceNeverSeesIt() throws Exception {
        try (Defended target = Defended.start(gateways)) {
            for (int round = 0; round < 3; round++) {
                try (RawHttp2 client = connect(target)) {
                    client.settings().headers(1, HeaderBomb.block(4_000)).send();
                    assertThat(refused(client)).isTrue();
                }
            }
            assertThat(target.origin().counts().connections()).isZero();
            assertThat(target.refusals("headers_too_large") + target.refusals("rate_limit"))
                    .isPositive();
        }
    }

    /// Whether the answer is 431, a reset, or the end of the connection.
    private static boolean refused(RawHttp2 client) throws Exception {
        Frame frame = client.read();
        while (frame.type() != RawHttp2.HEADERS
                && frame.type() != RawHttp2.RST_STREAM
                && frame.type() != RawHttp2.GOAWAY) {
            frame = client.read();
        }
        return frame.type() != RawHttp2.HEADERS
                || "431".equals(client.decode(frame).get(":status"));
    }

    @Test
    void aHeaderBlockThatDoesNotEndInTimeEndsTheConnection() throws Exception {
        try (Defended target = Defended.start(gateways, "frontend.http.headerTimeout=1s");
                RawHttp2 client = connect(target)) {
            client.settings()
                    .frame(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, RawHttp2.get("/x"))
                    .send();
            client.goAwayCode();
            assertThat(target.origin().counts().connections()).isZero();
            await().untilAsserted(() -> assertThat(target.refusals("client_timeout")).isEqualTo(1));
        }
    }

    @Test
    void malformedHeadsAreResetAndCounted() throws Exception {
        try (Defended target = Defended.start(gateways);
                RawHttp2 client = connect(target)) {
            client.settings()
                    .headers(1, RawHttp2.get("/x", "x-split", "a\r\nHost: b"))
                    .headers(3, RawHttp2.get("/x", "transfer-encoding", "chunked"))
                    .headers(5, RawHttp2.get("/x y"))
                    .send();
            assertThat(client.await(RawHttp2.RST_STREAM).stream()).isEqualTo(1);
            assertThat(client.await(RawHttp2.RST_STREAM).stream()).isEqualTo(3);
            assertThat(client.decode(client.await(RawHttp2.HEADERS)).get(":status"))
                    .isEqualTo("400");
            assertThat(target.origin().counts().connections()).isZero();
            await().untilAsserted(() -> assertThat(target.refusals("bad_request")).isEqualTo(3));
        }
    }

    @Test
    void namesWithUnderscoresAreDroppedAsOverHttp1() throws Exception {
        try (Defended target = Defended.start(gateways);
                RawHttp2 client = connect(target)) {
            client.settings().headers(1, RawHttp2.get("/x", "x_auth_subject", "root")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)).get(":status"))
                    .isEqualTo("200");
            assertThat(target.origin().seen().getFirst().headers().first("x_auth_subject"))
                    .isNull();
        }
    }

    @Test
    void aBodyOverTheLimitIsCutAndItsConnectionIsNotUsedAgain() throws Exception {
        try (Defended target = Defended.start(gateways, "frontend.http.maxRequestSize=1000");
                RawHttp2 client = connect(target)) {
            client.settings()
                    .openHeaders(1, RawHttp2.request("POST", "/x", "content-length", "1001"))
                    .send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)).get(":status"))
                    .isEqualTo("413");
            assertThat(target.origin().counts().connections()).isZero();
            client.openHeaders(3, RawHttp2.request("POST", "/x"))
                    .frame(RawHttp2.DATA, 0, 3, new byte[600])
                    .frame(RawHttp2.DATA, 0, 3, new byte[600])
                    .send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)).get(":status"))
                    .isEqualTo("413");
            await().untilAsserted(
                            () -> assertThat(target.origin().counts().openRequests()).isZero());
            int broken = target.origin().counts().connections();
            client.headers(5, RawHttp2.get("/y")).send();
            assertThat(client.decode(client.await(RawHttp2.HEADERS)).get(":status"))
                    .isEqualTo("200");
            assertThat(target.origin().seen().getLast())
                    .extracting(OriginRequest::target, OriginRequest::connection)
                    .containsExactly("/y", broken + 1);
        }
    }
}
