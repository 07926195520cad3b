package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RawWebSocket;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Groups of rt that are strict rooms of chat too: only members of the room hear them and speak in them.
class StrictGroupIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "a secret of more than thirty-two characters";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @AutoClose private final RedisProcess redis = RedisProcess.start();

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
                            channels:
                              lobby: {rt: g1, chat: r1}
                            api:
                              enabled: true
                              keys: {backend: %s}
                        """
                                .formatted(
                                        redis.uri(), SECRET, ChatTokens.SECRET, ChannelCalls.KEY));
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("PUBSUB", "NUMSUB", "room.events").equals("[room.events, 1]"));
        return gateway;
    }

    private static RawWebSocket rt(RunningGateway gateway, String... fields) {
        RawWebSocket socket = RawWebSocket.open(gateway.port(), "/rt", fields);
        assertThat(socket.readText()).contains("\"ready\"");
        return socket;
    }

    private static RawWebSocket user(RunningGateway gateway, String name) {
        String claims = "{\"sub\":\"" + name + "\",\"exp\":4102444800}";
        String token = ChatTokens.signed("HS256", SECRET, claims);
        return rt(gateway, "Authorization: Bearer " + token);
    }

    private static void enter(RawWebSocket socket, String group) {
        socket.text("{\"type\":\"identify\",\"payload\":{\"groupId\":\"" + group + "\"}}");
    }

    private static void entered(RawWebSocket socket, String group) {
        enter(socket, group);
        assertThat(socket.readText()).contains("presence_update");
        assertThat(socket.readText()).contains("\"ready\"", '"' + group + '"');
    }

    private static void say(RawWebSocket socket, String text) {
        socket.text("{\"type\":\"data_update\",\"groupId\":\"g1\",\"payload\":\"" + text + "\"}");
    }

    private static void isNoMember(RawWebSocket socket) {
        assertThat(socket.readText())
                .contains("\"code\":\"NOT_A_MEMBER\"", "Not a member of group g1");
    }

    @Test
    void onlyMembersOfTheRoomComeIntoItsGroup() {
        RunningGateway gateway = start();
        redis.ask("SADD", "room:r1:members", "ann");
        try (RawWebSocket ann = user(gateway, "ann");
                RawWebSocket bob = user(gateway, "bob");
                RawWebSocket nobody = rt(gateway)) {
            entered(ann, "g1");
            entered(bob, "other");
            enter(bob, "g1");
            isNoMember(bob);
            enter(nobody, "g1");
            isNoMember(nobody);
            say(bob, "let me in");
            isNoMember(bob);

            say(ann, "among us");
            assertThat(ann.readText()).contains("among us");
            bob.text("{\"type\":\"data_update\",\"payload\":\"still here\"}");
            assertThat(bob.readText()).contains("still here", "\"other\"");
        }
    }

    @Test
    void whoIsTakenOutOfTheRoomIsOutOfItsGroup() {
        RunningGateway gateway = start();
        redis.ask("SADD", "room:r1:members", "ann", "bob");
        try (RawWebSocket ann = user(gateway, "ann");
                RawWebSocket bob = user(gateway, "bob")) {
            entered(bob, "g1");
            entered(ann, "g1");
            assertThat(bob.readText()).contains("presence_update");
            redis.ask("SREM", "room:r1:members", "ann");
            redis.ask(
                    "PUBLISH",
                    "room.events",
                    "{\"type\":\"room.member.removed\",\"roomId\":\"r1\",\"participantId\":\"ann\",\"members\":[\"bob\"]}");

            isNoMember(ann);
            say(bob, "without ann");
            assertThat(bob.readText()).contains("without ann");
            say(ann, "once more");
            isNoMember(ann);
            entered(ann, "elsewhere");
        }
    }
}
