package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.chat.ChatTokens;
import io.sluice.it.extension.PatientDialectFactory;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Users that are taken out, or sent away, just while it is asked whether they may come in. A second doorkeeper keeps
/// the question open as long as the test wants.
class TakenOutMeanwhileIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ANN = StrictRooms.bearer("ann");
    private static final String ROOM = "{\"type\":\"identify\",\"payload\":{\"groupId\":\"g1\"}}";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @AutoClose private final RedisProcess redis = RedisProcess.start();
    private final StrictRooms rooms = new StrictRooms(redis);

    private RunningGateway start() {
        RunningGateway gateway =
                gateways.start(
                        """
                        gateway:
                          bus: {redis: {url: '%s'}}
                          auth:
                            jwt: {enabled: true, secret: "%s"}
                          realtime:
                            rt: {enabled: true}
                            chat: {enabled: true, strict: true, secret: %s}
                            dialects:
                              patient: {path: /patient, settings: {minds: "slow"}}
                            channels:
                              slow: {rt: g1, chat: r1}
                              quick: {rt: g2, chat: r2}
                            api:
                              enabled: true
                              userChannels: ["*"]
                              keys: {backend: %s}
                        """
                                .formatted(
                                        redis.uri(),
                                        StrictRooms.SECRET,
                                        ChatTokens.SECRET,
                                        ChannelCalls.KEY));
        rooms.awaitListener();
        for (String room : new String[] {"r1", "r2"}) {
            rooms.takeIn(room, "ann");
        }
        return gateway;
    }

    private void takeOut(String room) {
        rooms.takeOut(room, "ann");
    }

    /// Room events are heard in order, so what this one does comes behind those before it.
    private void takenOutByNow(RunningGateway gateway) {
        try (EventClient witness = EventClient.open(gateway.port(), "/events?channel=quick", ANN)) {
            assertThat(witness.next().name()).isEqualTo("joined");
            awaitMembers(gateway, "quick", 1);
            takeOut("r2");
            awaitMembers(gateway, "quick", 0);
        }
    }

    private static void awaitMembers(RunningGateway gateway, String channel, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ChannelCalls.get(gateway, "/presence?channel=" + channel).body())
                                .contains("\"connections\":" + count + ","));
    }

    private static RawClient ask(RunningGateway gateway) {
        return RawClient.connect(gateway.port())
                .request("GET /events?channel=slow HTTP/1.1", ANN, "Connection: close");
    }

    private static RawWebSocket rt(RunningGateway gateway) {
        RawWebSocket socket = RawWebSocket.open(gateway.port(), "/rt", ANN);
        assertThat(socket.readText()).contains("\"ready\"");
        return socket;
    }

    @Test
    void whoIsTakenOutWhileItsStreamIsOpenedIsRefused() {
        RunningGateway gateway = start();
        try (RawClient client = ask(gateway)) {
            CompletableFuture<Boolean> question = PatientDialectFactory.asked();
            takeOut("r1");
            takenOutByNow(gateway);
            question.complete(true);

            RawResponse answer = client.head();
            assertThat(answer.status()).isEqualTo(403);
            awaitMembers(gateway, "slow", 0);
        }
    }

    @Test
    void whoIsSentAwayWhileItsStreamIsOpenedIsSentAway() {
        RunningGateway gateway = start();
        try (EventClient witness = EventClient.open(gateway.port(), "/events?channel=quick", ANN);
                RawClient client = ask(gateway)) {
            assertThat(witness.next().name()).isEqualTo("joined");
            CompletableFuture<Boolean> question = PatientDialectFactory.asked();
            assertThat(ChannelCalls.post(gateway, "/disconnect", "{\"user\":\"ann\"}").statusCode())
                    .isEqualTo(202);
            assertThat(witness.next().name()).isEqualTo("end");
            question.complete(true);

            assertThat(client.untilClosed()).startsWith("HTTP/1.1 200 ").contains("event: end");
            awaitMembers(gateway, "slow", 0);
        }
    }

    @Test
    void whoStaysAMemberHearsTheChannel() {
        RunningGateway gateway = start();
        try (RawClient client = ask(gateway);
                RawWebSocket rt = rt(gateway)) {
            PatientDialectFactory.asked().complete(true);
            assertThat(client.head().status()).isEqualTo(200);
            rt.text(ROOM);
            PatientDialectFactory.asked().complete(true);
            assertThat(rt.readText()).contains("presence_update");
            assertThat(rt.readText()).contains("\"ready\"", "\"g1\"");
            awaitMembers(gateway, "slow", 2);
        }
    }

    @Test
    void whoIsTakenOutWhileItEntersAGroupIsRefused() {
        RunningGateway gateway = start();
        try (RawWebSocket rt = rt(gateway)) {
            rt.text(ROOM);
            CompletableFuture<Boolean> question = PatientDialectFactory.asked();
            takeOut("r1");
            takenOutByNow(gateway);
            question.complete(true);

            assertThat(rt.readText()).contains("NOT_A_MEMBER", "Not a member of group g1");
            awaitMembers(gateway, "slow", 0);
            rt.text("{\"type\":\"data_update\",\"ts\":1,\"payload\":1}");
            assertThat(rt.readText())
                    .isEqualTo("{\"type\":\"data_update\",\"ts\":1,\"payload\":1}");
        }
    }
}
