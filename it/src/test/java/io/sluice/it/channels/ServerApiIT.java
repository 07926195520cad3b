package io.sluice.it.channels;

import static io.sluice.it.channels.ChannelCalls.get;
import static io.sluice.it.channels.ChannelCalls.post;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerApiIT {
    private static final Pattern ID = Pattern.compile("\"connectionId\":\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aCallWithAKnownIdempotencyKeyIsAnsweredAsBeforeAndDoesNothing() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient events = EventClient.joined(gateway.port(), "open:a")) {
            String body = "{\"channel\":\"open:a\",\"data\":1}";
            HttpResponse<String> first = post(gateway, "/publish", body, "Idempotency-Key", "k1");
            HttpResponse<String> again = post(gateway, "/publish", body, "Idempotency-Key", "k1");
            String inBody = "{\"channel\":\"open:a\",\"data\":2,\"idempotencyKey\":\"k2\"}";
            String second = post(gateway, "/publish", inBody).body();

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(again.body()).isEqualTo(first.body()).contains("\"id\":\"");
            assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
            assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(post(gateway, "/publish", inBody).body()).isEqualTo(second);
            assertThat(
                            post(
                                            gateway,
                                            "/publish",
                                            "{\"channel\":\"open:a\",\"data\":3}",
                                            "Idempotency-Key",
                                            "k1")
                                    .statusCode())
                    .isEqualTo(422);
            assertThat(events.next().data()).contains("\"data\":1");
            assertThat(events.next().data()).contains("\"data\":2");
            ChannelCalls.publish(gateway, "open:a", "4");
            assertThat(events.next().data()).contains("\"data\":4");
            assertThat(gateway.get("/metrics").body())
                    .contains("gateway_channel_api_messages_total{event=\"published\"} 3.0")
                    .contains("gateway_channel_api_messages_total{event=\"repeated\"} 2.0");
        }
    }

    @Test
    void aSmallLimitOfBodiesHolds() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG, "realtime.api.maxBody=60");

        String small = "{\"channel\":\"open:a\",\"data\":1}";
        assertThat(post(gateway, "/publish", small).statusCode()).isEqualTo(200);
        String large = "{\"channel\":\"open:a\",\"data\":\"" + "x".repeat(60) + "\"}";
        assertThat(status(gateway, "/publish", large)).isEqualTo(413);
    }

    @Test
    void aBroadcastReachesEachChannelOnce() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient a = EventClient.joined(gateway.port(), "open:a");
                EventClient b = EventClient.joined(gateway.port(), "open:b")) {
            HttpResponse<String> answer =
                    post(
                            gateway,
                            "/broadcast",
                            "{\"channels\":[\"open:a\",\"open:b\",\"open:a\"],\"type\":\"alert\","
                                    + "\"from\":\"ops\",\"data\":\"x\\ny\"}");

            assertThat(answer.body()).containsOnlyOnce("open:a").containsOnlyOnce("open:b");
            for (EventClient client : new EventClient[] {a, b}) {
                assertThat(client.next().data())
                        .contains("\"type\":\"alert\",\"from\":\"ops\",\"data\":\"x\\ny\"");
            }
        }
    }

    @Test
    void callsThatCannotBeDoneAreRefusedWithTheirStatus() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);

        assertThat(status(gateway, "/publish", "{")).isEqualTo(400);
        assertThat(status(gateway, "/publish", "[]")).isEqualTo(400);
        assertThat(status(gateway, "/publish", "[".repeat(65) + "]".repeat(65))).isEqualTo(400);
        assertThat(status(gateway, "/publish", "{}")).isEqualTo(422);
        assertThat(status(gateway, "/publish", "{\"channel\":\"a\"}")).isEqualTo(422);
        assertThat(status(gateway, "/publish", "{\"channel\":\"a\\nb\",\"data\":1}"))
                .isEqualTo(422);
        assertThat(status(gateway, "/publish", "{\"channel\":\" \",\"data\":1}")).isEqualTo(422);
        assertThat(status(gateway, "/publish", "{\"channel\":\"\\ud83d\",\"data\":1}"))
                .isEqualTo(422);
        assertThat(status(gateway, "/publish", "{\"channel\":7,\"data\":1}")).isEqualTo(422);
        assertThat(status(gateway, "/publish", "{\"channel\":\"a\",\"data\":1,\"type\":7}"))
                .isEqualTo(422);
        assertThat(status(gateway, "/broadcast", "{\"channels\":[],\"data\":1}")).isEqualTo(422);
        assertThat(status(gateway, "/disconnect", "{}")).isEqualTo(422);
        assertThat(status(gateway, "/disconnect", "{\"user\":\"a\",\"connection\":\"b\"}"))
                .isEqualTo(422);
        assertThat(status(gateway, "/disconnect", "{\"user\":\"a\",\"code\":1000}")).isEqualTo(422);
        String large = "\"" + "x".repeat(65_536) + "\"";
        assertThat(status(gateway, "/publish", "{\"channel\":\"a\",\"data\":" + large + "}"))
                .isEqualTo(413);
        assertThat(status(gateway, "/publish", " ".repeat(262_145))).isEqualTo(413);
        assertThat(get(gateway, "/history?channel=open:a").statusCode()).isEqualTo(404);
        assertThat(get(gateway, "/history").statusCode()).isEqualTo(400);
        assertThat(get(gateway, "/history?channel=demo&since=x").statusCode()).isEqualTo(400);
        assertThat(get(gateway, "/channels?limit=0").statusCode()).isEqualTo(400);
        HttpResponse<String> wrongWay = get(gateway, "/publish");
        assertThat(wrongWay.statusCode()).isEqualTo(405);
        assertThat(wrongWay.headers().firstValue("Allow")).contains("POST");
        assertThat(post(gateway, "/channels", "{}").statusCode()).isEqualTo(405);
    }

    private static int status(RunningGateway gateway, String path, String body) {
        HttpResponse<String> answer = post(gateway, path, body);
        assertThat(answer.body()).startsWith("{\"error\":\"").contains("\"requestId\":");
        return answer.statusCode();
    }

    @Test
    void onlyJsonIsTakenAndOnlyWithAKey() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);

        assertThat(gateway.get("/channels").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/channels", "X-API-Key", "wrong-key-12").statusCode())
                .isEqualTo(401);
        assertThat(gateway.get("/channels", "X-API-Key", "").statusCode()).isEqualTo(401);
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send(
                    "POST /publish HTTP/1.1\r\nHost: a\r\nX-API-Key: "
                            + ChannelCalls.KEY
                            + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.response().status()).isEqualTo(415);
        }
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.send(
                    "POST /publish HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 2\r\n\r\n{}");
            assertThat(client.response().status()).isEqualTo(401);
        }
    }

    @Test
    void aKeyMayBeWrittenAsItsDigest() {
        RunningGateway gateway =
                gateways.start(
                        """
                        gateway:
                          realtime:
                            api:
                              enabled: true
                              basePath: /v1
                              keys:
                                backend: sha256:%s
                        """
                                .formatted(
                                        "9820c1b539cc6f62af43c98efcc40f2901b5e523720cf9983810bdfd3f87eb56"));

        assertThat(get(gateway, "/v1/channels").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/v1/channels", "X-API-Key", "something-else").statusCode())
                .isEqualTo(401);
    }

    @Test
    void channelsAreListedPageByPage() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient a = EventClient.joined(gateway.port(), "open:a");
                EventClient a2 = EventClient.joined(gateway.port(), "open:a");
                EventClient b = EventClient.joined(gateway.port(), "open:b");
                EventClient other = EventClient.joined(gateway.port(), "demo")) {
            String first = get(gateway, "/channels?prefix=open:&limit=1").body();
            assertThat(first)
                    .startsWith("{\"channels\":[{\"channel\":\"open:a\",\"members\":2}],")
                    .endsWith("\"missingNodes\":[]}");
            assertThat(get(gateway, "/channels?prefix=open:&cursor=" + found(NEXT, first)).body())
                    .isEqualTo(
                            "{\"channels\":[{\"channel\":\"open:b\",\"members\":1}],"
                                    + "\"next\":null,\"missingNodes\":[]}");
            assertThat(get(gateway, "/channels").body()).contains("\"demo\"");
            assertThat(get(gateway, "/presence?channel=open:a").body())
                    .startsWith(
                            "{\"channel\":\"open:a\",\"scope\":\"node\",\"connections\":2,"
                                    + "\"users\":[],\"members\":[{\"connection\":\"")
                    .contains(
                            "\"face\":\"sse\",\"user\":null,\"address\":\"127.0.0.1\",\"openedAt\":")
                    .endsWith("}],\"sessions\":[]}");
            String one = get(gateway, "/presence?channel=open:a&limit=1").body();
            assertThat(one).contains("\"connections\":2").containsOnlyOnce("\"face\"");
            assertThat(new Object[] {a, a2, b, other}).hasSize(4);
        }
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    @Test
    void historyIsReadPageByPage() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        for (int i = 1; i <= 5; i++) {
            ChannelCalls.publish(gateway, "demo", Integer.toString(i));
        }
        String newest = get(gateway, "/history?channel=demo&limit=2").body();
        assertThat(newest).contains("\"data\":4", "\"data\":5").doesNotContain("\"data\":3");
        String epoch = found(Pattern.compile("\"epoch\":\"([^\"]+)\""), newest);

        String page = get(gateway, "/history?channel=demo&limit=2&since=1@" + epoch).body();
        assertThat(page)
                .contains("\"recovered\":true", "\"data\":2", "\"data\":3")
                .doesNotContain("\"data\":4");
        assertThat(found(NEXT, page)).isEqualTo("3@" + epoch);
        assertThat(get(gateway, "/history?channel=demo&since=1@other").body())
                .contains("\"recovered\":false,\"messages\":[]");
    }

    @Test
    void aConnectionIsClosedFromOutside() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (RawWebSocket rt = RawWebSocket.open(gateway.port(), "/rt")) {
            String id = found(ID, rt.readText());
            HttpResponse<String> answer =
                    post(
                            gateway,
                            "/disconnect",
                            "{\"connection\":\"" + id + "\",\"reason\":\"maintenance\"}");

            assertThat(answer.statusCode()).isEqualTo(202);
            RawWebSocket.Frame close = rt.readClose();
            assertThat(close.closeCode()).isEqualTo(4004);
            assertThat(close.closeReason()).isEqualTo("maintenance");
        }
    }
}
