package io.sluice.it.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RedisProcess;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Event streams on rooms that only members may hear.
class StrictRoomEventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of more than thirty-two characters";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @AutoClose private final RedisProcess redis = RedisProcess.start();

    private RunningGateway start() {
        RunningGateway gateway =
                gateways.start(
                        """
                        gateway:
                          bus: {redis: {url: '%s', commandTimeout: 20s, probeTimeout: 20s}}
                          auth:
                            jwt: {enabled: true, secret: "%s"}
                          realtime:
                            chat: {enabled: true, strict: true, secret: %s}
                            api:
                              enabled: true
                              userChannels: ["chat:*", "ar:*", news]
                              keys: {backend: %s}
                        """
                                .formatted(
                                        redis.uri(), SECRET, ChatTokens.SECRET, ChannelCalls.KEY));
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("PUBSUB", "NUMSUB", "room.events").equals("[room.events, 1]"));
        return gateway;
    }

    private void takeOut(String user) {
        redis.ask("SREM", "room:r1:members", user);
        redis.ask(
                "PUBLISH",
                "room.events",
                "{\"type\":\"room.member.removed\",\"roomId\":\"r1\",\"participantId\":\""
                        + user
                        + "\",\"members\":[]}");
    }

    private static String until(EventClient events, String part) {
        String heard = "";
        while (!heard.contains(part)) {
            heard = events.next().data();
            assertThat(heard).doesNotContain("secret");
        }
        return heard;
    }

    private static void awaitListeners(RunningGateway gateway, String channel, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(ChannelCalls.get(gateway, "/presence?channel=" + channel).body())
                                .contains("\"connections\":" + count + ","));
    }

    @Test
    void whoeverIsTakenOutOfARoomHearsNoMoreOfIt() {
        RunningGateway gateway = start();
        redis.ask("SADD", "room:r1:members", "ann");
        String token = ChatTokens.signed("HS256", SECRET, "{\"sub\":\"ann\",\"exp\":4102444800}");
        try (EventClient ann =
                        EventClient.open(
                                gateway.port(),
                                "/events?channel=chat:r1&channel=ar:r1&channel=news",
                                "Authorization: Bearer " + token);
                EventClient server =
                        EventClient.open(
                                gateway.port(),
                                "/events?channel=chat:r1",
                                "X-API-Key: " + ChannelCalls.KEY)) {
            awaitListeners(gateway, "chat:r1", 2);
            awaitListeners(gateway, "ar:r1", 1);
            ChannelCalls.publish(gateway, "chat:r1", "\"for members\"");
            until(ann, "for members");
            until(server, "for members");

            takeOut("backend");
            takeOut("ann");
            awaitListeners(gateway, "chat:r1", 1);
            awaitListeners(gateway, "ar:r1", 0);
            ChannelCalls.publish(gateway, "chat:r1", "\"a secret\"");
            ChannelCalls.publish(gateway, "ar:r1", "\"a secret\"");
            ChannelCalls.publish(gateway, "news", "\"for all\"");

            until(ann, "for all");
            String heard = "";
            while (!heard.contains("a secret")) {
                heard = server.next().data();
            }
        }
    }
}
