package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RawWebSocket;
import io.sluice.testkit.RedisProcess;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Groups of rt that are strict rooms of chat too: only members of the room hear them and speak in them.
class StrictGroupIT {

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
                            channels:
                              lobby: {rt: g1, chat: r1}
                            api:
                              enabled: true
                              keys: {backend: %s}
                        """
                                .formatted(
                                        redis.uri(),
                                        StrictRooms.SECRET,
                                        ChatTokens.SECRET,
                                        ChannelCalls.KEY));
        rooms.awaitListener();
        return gateway;
    }

    private static RawWebSocket rt(RunningGateway gateway, String... fields) {
        RawWebSocket socket = RawWebSocket.open(gateway.port(), "/rt", fields);
        assertThat(socket.readText()).contains("\"ready\"");
        return socket;
    }

    private static RawWebSocket user(RunningGateway gateway, String name) {
        return rt(gateway, StrictRooms.bearer(name));
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
        rooms.takeIn("r1", "ann");
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
        rooms.takeIn("r1", "ann");
        rooms.takeIn("r1", "bob");
        try (RawWebSocket ann = user(gateway, "ann");
                RawWebSocket bob = user(gateway, "bob")) {
            entered(bob, "g1");
            entered(ann, "g1");
            assertThat(bob.readText()).contains("presence_update");
            rooms.takeOut("r1", "ann", "bob");

            isNoMember(ann);
            say(bob, "without ann");
            assertThat(bob.readText()).contains("without ann");
            say(ann, "once more");
            isNoMember(ann);
            entered(ann, "elsewhere");
        }
    }
}
