package io.sluice.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.chat.ChatTokens;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RedisProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A user has so many connections on all nodes together, WebSockets and event streams alike.
@SuppressWarnings("NullAway.Init") // set before each test
class UserPlacesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "a secret of more than thirty-two characters";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    /// Outlives the gateways of each test.
    @AutoClose private static final RedisProcess redis = RedisProcess.start();

    private RunningGateway one;
    private RunningGateway two;

    @BeforeEach
    void forget() {
        redis.ask("FLUSHALL");
    }

    private void start(String userFull) {
        one = node("one", userFull);
        two = node("two", userFull);
        await().atMost(PATIENCE)
                .until(() ->
                        redis.ask("PUBSUB", "NUMSUB", "sluice:control")
                                .equals("[sluice:control, 2]"));
        await().atMost(PATIENCE).until(() -> healthy(one) && healthy(two));
    }

    private RunningGateway node(String name, String userFull) {
        return gateways.start(
                """
                gateway:
                  health: {enabled: true, format: full}
                  auth:
                    jwt: {enabled: true, secret: "%s"}
                  bus: {node: %s, redis: {url: "%s", commandTimeout: 20s, probeTimeout: 20s}}
                  realtime:
                    rt: {enabled: true, authRequired: true}
                    api: {enabled: true, publicChannels: ["open:*"]}
                    limits: {connectionsPerUser: 2, userFull: %s}
                """
                        .formatted(SECRET, name, redis.uri(), userFull));
    }

    private static boolean healthy(RunningGateway node) {
        return node.get("/health").body().contains("\"status\":\"healthy\"");
    }

    private static String alice() {
        long end = Ticker.system().epochMillis() / 1000 + 3_600;
        return "Authorization: Bearer "
                + ChatTokens.signed("HS256", SECRET, "{\"sub\":\"alice\",\"exp\":" + end + "}");
    }

    private static Speaker socket(RunningGateway node) {
        return Speaker.over(node.port(), "/rt", alice());
    }

    private static RawClient stream(RunningGateway node) {
        return RawClient.connect(node.port())
                .patience(PATIENCE)
                .request("GET /events?channel=open:a HTTP/1.1", alice());
    }

    @Test
    void overTheLimitNobodyComesInOnAnyNode() {
        start("reject_new");
        try (Speaker first = socket(one)) {
            first.until("ready");
            try (RawClient second = stream(two)) {
                assertThat(second.head().status()).isEqualTo(200);
                try (Speaker third = socket(two);
                        RawClient fourth = stream(one)) {
                    assertThat(third.closeCode()).isEqualTo(4003);
                    assertThat(fourth.head().status()).isEqualTo(429);
                }
            }
            await().atMost(PATIENCE)
                    .until(() -> {
                        try (RawClient again = stream(one)) {
                            return again.head().status() == 200;
                        }
                    });
        }
    }

    @Test
    void theOldestMakesRoomOnWhateverNodeItIs() throws IOException {
        start("kick_oldest");
        try (Speaker first = socket(one);
                RawClient second = stream(two)) {
            first.until("ready");
            RawResponse head = second.head();
            assertThat(head.status()).isEqualTo(200);
            try (Speaker third = socket(two)) {
                third.until("ready");
                assertThat(first.closeCode()).isEqualTo(4004);
                try (RawClient fourth = stream(one)) {
                    assertThat(fourth.head().status()).isEqualTo(200);
                    assertThat(end(second, head)).contains("4004");
                    third.say("{\"type\":\"nonsense\"}");
                    third.until("nonsense");
                }
            }
        }
    }

    /// What an event stream says at its end.
    private static String end(RawClient client, RawResponse head) throws IOException {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(client.body(head), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.equals("event: end")) {
            line = lines.readLine();
        }
        return lines.readLine();
    }
}
