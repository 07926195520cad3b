package io.sluice.it.channels;

import static io.sluice.it.channels.ChannelCalls.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RedisProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The server API of nodes that share a Redis.
class ServerApiClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    /// Outlives the gateways of each test.
    @AutoClose private static final RedisProcess redis = RedisProcess.start();

    private RunningGateway node(String name) {
        return gateways.start(
                ChannelCalls.CONFIG,
                "bus.node=" + name,
                "bus.redis.url=" + redis.uri(),
                "bus.redis.commandTimeout=20s",
                "bus.redis.probeTimeout=20s");
    }

    @Test
    void aCallIsDoneOnceWhateverNodeItsRepeatComesTo() {
        RunningGateway one = node("one");
        RunningGateway two = node("two");
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("PUBSUB", "NUMSUB", "sluice:control")
                                .equals("[sluice:control, 2]"));
        try (EventClient events = EventClient.joined(two.port(), "open:a")) {
            await().atMost(PATIENCE)
                    .until(() -> {
                        ChannelCalls.publish(one, "open:a", "0");
                        return events.next().data().contains("\"data\":0");
                    });
            String body = "{\"channel\":\"open:a\",\"data\":1}";
            HttpResponse<String> first = post(one, "/publish", body, "Idempotency-Key", "k1");
            HttpResponse<String> again = post(two, "/publish", body, "Idempotency-Key", "k1");
            HttpResponse<String> third = post(two, "/publish", body, "Idempotency-Key", "k1");
            String other = "{\"channel\":\"open:a\",\"data\":2}";
            HttpResponse<String> misused = post(two, "/publish", other, "Idempotency-Key", "k1");
            ChannelCalls.publish(two, "open:a", "3");

            assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
            assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
            assertThat(again.body()).isEqualTo(first.body()).contains("\"id\":\"");
            assertThat(third.body()).isEqualTo(first.body());
            assertThat(misused.statusCode()).isEqualTo(422);
            assertThat(events.next().data()).contains("\"data\":1");
            assertThat(events.next().data()).contains("\"data\":3");
        }
    }
}
