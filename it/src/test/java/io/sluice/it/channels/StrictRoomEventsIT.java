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

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @AutoClose private final RedisProcess redis = RedisProcess.start();
    private final StrictRooms rooms = new StrictRooms(redis);

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
                                        redis.uri(),
                                        StrictRooms.SECRET,
                                        ChatTokens.SECRET,
                                        ChannelCalls.KEY));
        rooms.awaitListener();
        return gateway;
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
        rooms.takeIn("r1", "ann");
        try (EventClient ann =
                        EventClient.open(
                                gateway.port(),
                                "/events?channel=chat:r1&channel=ar:r1&channel=news",
                                StrictRooms.bearer("ann"));
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

            rooms.takeOut("r1", "backend");
            rooms.takeOut("r1", "ann");
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
