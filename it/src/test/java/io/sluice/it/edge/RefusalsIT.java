package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was refused before it became a request can be found by the id in its answer.
class RefusalsIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");

    @AfterEach
    void close() {
        origin.close();
    }

    @ParameterizedTest
    @CsvSource({
        "400, 'GET /x HTTP/1.1|Host: a|Host: b||'",
        "408, 'GET /x HTTP/1.1|Host: a|'",
        "414, 'GET /LONG HTTP/1.1|Host: a||'",
        "431, 'GET /x HTTP/1.1|Host: a|X-Large: LONG||'"
    })
    void aRefusedHeadIsInTheAccessLogUnderTheIdOfItsAnswer(int status, String head) {
        RunningGateway gateway = start();
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send(head.replace("|", "\r\n").replace("LONG", "y".repeat(40_000)));

            RawResponse answer = client.response();

            assertThat(answer.status()).isEqualTo(status);
            String id = answer.header("X-Request-ID");
            assertThat(answer.text()).contains("\"requestId\":\"" + id + '"');
            isLogged(gateway, status, String.valueOf(id));
        }
    }

    @Test
    void aRefusedStreamIsInTheAccessLogUnderTheIdOfItsAnswer() throws Exception {
        RunningGateway gateway = start();
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings()
                    .headers(1, RawHttp2.block(":method", "GET", ":scheme", "http", ":path", "/"))
                    .send();

            Map<String, String> head = client.decode(client.await(RawHttp2.HEADERS));

            assertThat(head).containsEntry(":status", "400");
            String id = head.get("x-request-id");
            assertThat(client.await(RawHttp2.DATA).text()).contains("\"requestId\":\"" + id + '"');
            isLogged(gateway, 400, String.valueOf(id));
        }
    }

    private static void isLogged(RunningGateway gateway, int status, String id) {
        await().untilAsserted(() ->
                assertThat(gateway.accessLog())
                        .singleElement()
                        .asString()
                        .contains(
                                "\"requestId\":\"" + id + '"',
                                "\"status\":" + status,
                                "\"client\":\"127.0.0.1\"",
                                "\"failure\":"));
    }

    private RunningGateway start() {
        return gateways.start(GatewayText.of(origin).text(), "frontend.http.headerTimeout=1s");
    }
}
