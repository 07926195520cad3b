package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawHttp2;
import io.sluice.testkit.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventStreamsIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void whatRtSaysReachesSubscribersAndTheOtherWayRound() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient events = EventClient.joined(gateway.port(), "demo");
                RawWebSocket rt = RawWebSocket.open(gateway.port(), "/rt")) {
            rt.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"demo\"}}");
            awaitReady(rt);
            assertThat(events.next())
                    .satisfies(event -> assertThat(event.name()).isEqualTo("presence"))
                    .satisfies(event ->
                            assertThat(event.data())
                                    .contains("\"from\":\"demo\"", "\"status\":\"UP\""));

            rt.text("{\"type\":\"data_update\",\"payload\":{\"x\":[1,2]}}");
            EventClient.Event update = events.next();
            assertThat(update.name()).isNull();
            assertThat(update.data())
                    .startsWith("{\"channel\":\"demo\",\"type\":\"data_update\",\"from\":null,")
                    .contains("\"x\":[1,2]");
            assertThat(update.id()).isEqualTo(update.place());
            assertThat(rt.readText()).contains("\"x\":[1,2]");

            ChannelCalls.publish(gateway, "demo", "{\"hello\":\"world\"}");
            assertThat(rt.readText()).contains("\"type\":\"data_update\"", "\"hello\":\"world\"");
            assertThat(events.next().data())
                    .contains("\"type\":\"message\",\"from\":null,\"data\":{\"hello\":\"world\"}");
        }
    }

    private static void awaitReady(RawWebSocket rt) {
        String last = "";
        while (!last.contains("\"groupId\":\"demo\"") || !last.contains("\"ready\"")) {
            last = rt.readText();
        }
    }

    @Test
    void aNameOfAFaceMeansTheChannelItIsMappedTo() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient events = EventClient.joined(gateway.port(), "rt%3Ademo")) {
            ChannelCalls.publish(gateway, "rt:demo", "1");

            assertThat(events.next().data()).contains("\"channel\":\"demo\"", "\"data\":1");
        }
    }

    @Test
    void aStreamOverHttp2CarriesTheBareEvents() throws IOException {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (RawHttp2 client = new RawHttp2(gateway.port())) {
            client.settings().headers(1, RawHttp2.get("/events?channel=open:h2")).send();
            StringBuilder text = new StringBuilder();
            while (text.indexOf("event: joined") < 0) {
                text.append(client.await(RawHttp2.DATA).text());
            }
            ChannelCalls.publish(gateway, "open:h2", "{\"n\":1}");
            while (text.indexOf("\"n\":1") < 0) {
                text.append(client.await(RawHttp2.DATA).text());
            }

            assertThat(text.toString())
                    .startsWith(
                            """
                            retry: 3000

                            event: joined
                            data: {"channel":"open:h2","recovered":false,"missed":0}

                            data: {"channel":"open:h2","type":"message","from":null,"data":{"n":1},\
                            """)
                    .endsWith("}\n\n");
        }
    }

    @Test
    void aSubscriberThatComesBackGetsWhatItMissedOnceAndInOrder() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        String last;
        try (EventClient events = EventClient.joined(gateway.port(), "demo")) {
            ChannelCalls.publish(gateway, "demo", "0");
            last = String.valueOf(events.next().id());
        }
        for (int i = 1; i <= 7; i++) {
            ChannelCalls.publish(gateway, "demo", Integer.toString(i));
        }

        try (EventClient events =
                EventClient.open(
                        gateway.port(), "/events?channel=demo", "Last-Event-ID: " + last)) {
            EventClient.Event joined = events.next();
            assertThat(joined.name()).isEqualTo("joined");
            assertThat(joined.id()).isNull();
            assertThat(joined.data()).contains("\"recovered\":true,\"missed\":7");
            ChannelCalls.publish(gateway, "demo", "8");
            for (int i = 1; i <= 8; i++) {
                assertThat(events.next().data()).contains("\"data\":" + i + ",");
            }
        }
        try (EventClient events =
                EventClient.open(gateway.port(), "/events?channel=demo&lastEventId=1@elsewhere")) {
            EventClient.Event joined = events.next();
            assertThat(joined.data()).contains("\"recovered\":false,\"missed\":0");
            assertThat(joined.id()).isEqualTo(joined.place()).startsWith("9@");
        }
    }

    @Test
    void severalChannelsShareAStream() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient events =
                EventClient.open(gateway.port(), "/events?channel=open:a&channel=open:b")) {
            assertThat(events.next().data()).contains("open:a");
            assertThat(events.next().data()).contains("open:b");
            ChannelCalls.publish(gateway, "open:b", "1");
            ChannelCalls.publish(gateway, "open:a", "2");

            assertThat(events.next().data()).contains("open:b", "\"data\":1");
            assertThat(events.next().data()).contains("open:a", "\"data\":2");
        }
    }

    @Test
    void aStreamEndsWithTheCredentialOfItsUser() {
        String end = now().plusSeconds(6).toString();
        RunningGateway gateway =
                gateways.start(
                        """
                        gateway:
                          auth:
                            apikey:
                              enabled: true
                              keys:
                                ann: {key: key-of-ann, type: user, expiresAt: "%s"}
                          realtime:
                            api: {enabled: true, userChannels: ["of:{user}"]}
                        """
                                .formatted(end));
        try (EventClient events =
                EventClient.open(
                        gateway.port(), "/events?channel=of:ann", "X-API-Key: key-of-ann")) {
            assertThat(events.next().name()).isEqualTo("joined");
            EventClient.Event last = events.next();

            assertThat(last.name()).isEqualTo("end");
            assertThat(last.data())
                    .isEqualTo(
                            "{\"code\":4001,\"error\":\"token_expired\",\"message\":\"token expired\"}");
            assertThat(events.nextOrEnd()).isNull();
            assertThat(now()).isAfterOrEqualTo(Instant.parse(end));
        }
        assertThat(gateway.get("/events?channel=of:ann", "X-API-Key", "key-of-ann").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aSubscriberThatDoesNotReadIsClosedAndItsBytesAreFreed() {
        RunningGateway gateway =
                gateways.start(ChannelCalls.CONFIG, "realtime.outbox.queueBytes=256KiB");
        try (RawClient slow = RawClient.connectNarrow(gateway.port(), 4096);
                EventClient quick = EventClient.joined(gateway.port(), "open:flood")) {
            slow.request("GET /events?channel=open:flood HTTP/1.1");
            assertThat(slow.head().status()).isEqualTo(200);
            String data = "\"" + "x".repeat(60_000) + "\"";
            int sent = 0;
            while (!metrics(gateway).contains("face=\"sse\",reason=\"slow_consumer\"} 1.0")) {
                ChannelCalls.publish(gateway, "open:flood", data);
                assertThat(quick.next().data()).hasSizeGreaterThan(60_000);
                assertThat(++sent).isLessThan(500);
            }
            ChannelCalls.publish(gateway, "open:flood", "1");
            assertThat(quick.next().data()).contains("\"data\":1");
            assertThat(metrics(gateway)).contains("connections{face=\"sse\"} 1.0");
        }
        await().untilAsserted(() ->
                assertThat(metrics(gateway)).contains("connections{face=\"sse\"} 0.0"));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Ticker.system().epochMillis());
    }

    private static String metrics(RunningGateway gateway) {
        return gateway.get("/metrics").body();
    }

    @Test
    void aDrainEndsStreamsWithAWord() throws InterruptedException {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);
        try (EventClient events = EventClient.joined(gateway.port(), "demo")) {
            Thread drain = Thread.ofVirtual().start(gateway.gateway()::drain);

            assertThat(events.next())
                    .satisfies(event -> assertThat(event.name()).isEqualTo("end"))
                    .satisfies(event -> assertThat(event.data()).contains("\"code\":1001"));
            assertThat(events.nextOrEnd()).isNull();
            assertThat(drain.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void whoMayNotListenIsToldWhy() {
        RunningGateway gateway = gateways.start(ChannelCalls.CONFIG);

        assertThat(gateway.get("/events").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/events?channel=").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/events?channel=a%0Ab").statusCode()).isEqualTo(400);
        assertThat(gateway.get("/events?channel=secret").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/events?channel=demo&channel=secret").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/events?channel=demo", "X-API-Key", "wrong-key-12").statusCode())
                .isEqualTo(401);
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            many.add("channel=open:" + i);
        }
        assertThat(gateway.get("/events?" + String.join("&", many)).statusCode()).isEqualTo(400);
        try (EventClient keyed =
                EventClient.open(
                        gateway.port(),
                        "/events?channel=secret",
                        "X-API-Key: " + ChannelCalls.KEY)) {
            assertThat(keyed.next().name()).isEqualTo("joined");
        }
        try (RawClient client = RawClient.connect(gateway.port())) {
            client.request("GET /events?channel=%zz HTTP/1.1");
            assertThat(client.response().status()).isEqualTo(400);
            client.send(
                    "POST /events?channel=demo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(client.response().status()).isEqualTo(405);
        }
    }

    @Test
    void anAddressHasItsShareOverSocketsAndStreamsTogether() {
        RunningGateway gateway =
                gateways.start(ChannelCalls.CONFIG, "realtime.limits.connectionsPerAddress=2");
        try (EventClient events = EventClient.joined(gateway.port(), "demo");
                RawWebSocket rt = RawWebSocket.open(gateway.port(), "/rt");
                RawClient third = RawClient.connect(gateway.port())) {
            assertThat(gateway.get("/events?channel=demo").statusCode()).isEqualTo(429);
            RawWebSocket.ask(third, "/rt");
            assertThat(third.head().status()).isEqualTo(429);
            ChannelCalls.publish(gateway, "demo", "1");
            assertThat(events.next().data()).contains("\"data\":1");
            assertThat(rt.readText()).contains("\"ready\"");
        }
    }

    @Test
    void withoutConfigurationTheDemoChannelIsOpenAndNothingElse() {
        RunningGateway gateway = gateways.startDefault();
        try (EventClient events = EventClient.joined(gateway.port(), "demo")) {
            assertThat(gateway.get("/events?channel=rt:g1").statusCode()).isEqualTo(401);
            assertThat(
                            ChannelCalls.post(
                                            gateway,
                                            "/publish",
                                            "{\"channel\":\"demo\",\"data\":1}")
                                    .body())
                    .contains("\"status\":403", "gateway.realtime.api.keys");
            assertThat(events).isNotNull();
        }
    }
}
