package io.sluice.it.rt;

import static io.sluice.it.rt.RtClient.READY;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The scenarios that must be equal to the original, byte for byte, with the preset.
class RtScenariosIT {
    private static final String JOINED_G1 =
            "{\"type\":\"presence_update\",\"ts\":«now»,\"groupId\":\"g1\",\"payload\":{\"groupId\":\"g1\","
                    + "\"info\":{\"status\":\"UP\",\"details\":%s}}}";
    private static final String READY_G1 =
            "{\"type\":\"ready\",\"ts\":«now»,\"groupId\":\"g1\",\"payload\":{\"connectionId\":\"«id»\","
                    + "\"heartbeat\":{\"intervalMs\":10000,\"timeoutMs\":25000},"
                    + "\"presence\":{\"status\":\"UP\",\"details\":%s}}}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = gateways.start(Preset.rt());
    }

    @Test
    void s01GreetsWhoConnects() {
        try (RtClient client = RtClient.open(gateway.port())) {
            assertThat(client.next()).isEqualTo(READY);
            client.hearsNothing();
        }
    }

    @Test
    void s02TellsTheGroupAndThenAnswersAnIdentify() {
        String details =
                "{\"role\":\"app-client\",\"metadata\":{\"platform\":\"ios\",\"appVersion\":\"1.2\"}}";
        try (RtClient client = RtClient.open(gateway.port())) {
            assertThat(client.next()).isEqualTo(READY);
            client.send(
                    "{\"type\":\"identify\",\"ts\":1,\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"g1\","
                            + "\"metadata\":{\"platform\":\"ios\",\"appVersion\":\"1.2\"}}}");
            assertThat(client.next()).isEqualTo(JOINED_G1.formatted(details));
            assertThat(client.next()).isEqualTo(READY_G1.formatted(details));
            client.hearsNothing();
        }
    }

    @Test
    void s03TellsEarlierMembersOfTheNextOne() {
        try (RtClient a = RtClient.in(gateway, "g1");
                RtClient b = RtClient.ready(gateway)) {
            b.identify("dashboard", "g1");
            String joined = JOINED_G1.formatted("{\"role\":\"dashboard\"}");
            assertThat(a.next()).isEqualTo(joined);
            assertThat(b.next()).isEqualTo(joined);
            assertThat(b.next()).isEqualTo(READY_G1.formatted("{\"role\":\"dashboard\"}"));
            a.hearsNothing();
            b.hearsNothing();
        }
    }

    @Test
    void s04SendsDataToAllOfTheGroupWithEveryField() {
        try (RtClient a = RtClient.in(gateway, "g1");
                RtClient b = RtClient.in(gateway, "g1");
                RtClient outside = RtClient.in(gateway, "g2")) {
            assertThat(a.type()).isEqualTo("presence_update");
            a.send(
                    "{\"type\":\"data_update\",\"ts\":3,\"traceId\":\"t-1\",\"version\":\"1\",\"extra\":42,"
                            + "\"payload\":{\"data\":{\"x\":1}}}");
            String sent =
                    "{\"type\":\"data_update\",\"ts\":3,\"traceId\":\"t-1\",\"version\":\"1\",\"extra\":42,"
                            + "\"payload\":{\"data\":{\"x\":1}},\"groupId\":\"g1\"}";
            assertThat(a.next()).isEqualTo(sent);
            assertThat(b.next()).isEqualTo(sent);
            outside.hearsNothing();
        }
    }

    @Test
    void s05SendsDataOfTheUngroupedToEverybody() {
        try (RtClient a = RtClient.in(gateway, "g1");
                RtClient b = RtClient.in(gateway, "g2");
                RtClient c = RtClient.ready(gateway)) {
            String text = "{\"type\":\"data_update\",\"ts\":4,\"payload\":{\"data\":\"to all\"}}";
            c.send(text);
            assertThat(a.next()).isEqualTo(text);
            assertThat(b.next()).isEqualTo(text);
            assertThat(c.next()).isEqualTo(text);
        }
    }

    @Test
    void s07LetsOutsidersSendToAGroupAndDropsWhatGoesNowhere() {
        try (RtClient a = RtClient.in(gateway, "g1");
                RtClient b = RtClient.in(gateway, "g1");
                RtClient c = RtClient.ready(gateway)) {
            assertThat(a.type()).isEqualTo("presence_update");
            String text =
                    "{\"type\":\"data_update\",\"ts\":5,\"groupId\":\"g1\",\"payload\":{\"data\":\"x\"}}";
            c.send(text);
            assertThat(a.next()).isEqualTo(text);
            assertThat(b.next()).isEqualTo(text);
            c.send(text.replace("g1", "nope"));
            c.hearsNothing();
            a.hearsNothing();
            b.hearsNothing();
        }
    }

    @Test
    void s07RefusesOutsidersWhenMembershipIsRequired() {
        RunningGateway strict = gateways.start(Preset.rt(), "realtime.rt.requireMembership=true");
        try (RtClient a = RtClient.in(strict, "g1");
                RtClient c = RtClient.ready(strict)) {
            c.send(
                    "{\"type\":\"data_update\",\"ts\":5,\"groupId\":\"g1\",\"payload\":{\"data\":\"x\"}}");
            assertThat(c.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"ts\":«now»,\"payload\":{\"code\":\"NOT_A_MEMBER\","
                                    + "\"message\":\"Not a member of group g1\"}}");
            a.hearsNothing();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{bad|BAD_JSON|Unable to parse message",
                "''|BAD_JSON|Unable to parse message",
                "{\"type\":\"nope\"}|UNKNOWN_TYPE|Unsupported signal: nope",
                "{\"type\":\"ready\"}|UNKNOWN_TYPE|Unsupported signal: ready",
                "null|UNKNOWN_TYPE|Unsupported signal: unknown",
                "[]|UNKNOWN_TYPE|Unsupported signal: unknown",
                "7|UNKNOWN_TYPE|Unsupported signal: unknown",
                "{\"type\":7}|UNKNOWN_TYPE|Unsupported signal: unknown",
                "{\"type\":\"identify\"}|INVALID_IDENTIFY|Identify payload is required",
                "{\"type\":\"identify\",\"payload\":0}|INVALID_IDENTIFY|Identify payload is required",
            })
    void s08AnswersMistakesAndStaysOpen(String sent, String code, String message) {
        String error =
                "{\"type\":\"error\",\"ts\":«now»,%s\"payload\":{\"code\":\"%s\",\"message\":\"%s\"}}";
        try (RtClient client = RtClient.ready(gateway)) {
            client.send(sent);
            assertThat(client.next()).isEqualTo(error.formatted("", code, message));
            client.identify("app-client", "g1");
            assertThat(client.type()).isEqualTo("presence_update");
            assertThat(client.type()).isEqualTo("ready");
            client.send(sent);
            assertThat(client.next())
                    .isEqualTo(error.formatted("\"groupId\":\"g1\",", code, message));
        }
    }

    @Test
    void s11AnswersOverHttp() {
        HttpResponse<String> health = gateway.get("/health");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).isEqualTo("{\"ok\":true,\"data\":{\"status\":\"ok\"}}");
        assertThat(health.headers().firstValue("content-type"))
                .contains("application/json; charset=utf-8");
        HttpResponse<String> head = send("HEAD", "/health");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(gateway.get("/nope").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/rt").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/health").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> send(String method, String path) {
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rt/", "/other", "/rt/x", "/health/x", "/"})
    void s11RefusesWebSocketsElsewhere(String path) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawWebSocket.ask(client, path);
            assertThat(client.head().status()).isEqualTo(400);
        }
    }

    @Test
    void s11IgnoresTheQuery() {
        try (RawWebSocket socket = RawWebSocket.open(gateway.port(), "/rt?x=1")) {
            assertThat(socket.readText()).startsWith("{\"type\":\"ready\"");
        }
    }
}
