package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What senders are told while Kafka does not answer: never that a message was taken that may still be lost.
@SuppressWarnings("NullAway.Init") // set before the tests
class ChatAckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @AutoClose private static final ChatServices services = new ChatServices();

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private RunningGateway one;
    private RunningGateway two;

    @BeforeEach
    void startNodes() {
        one = node();
        two = node();
    }

    private RunningGateway node() {
        RunningGateway node = gateways.start(services.gateway(""), "health.enabled=true");
        await().atMost(PATIENCE).until(() -> isHealthy(node));
        return node;
    }

    private static boolean isHealthy(RunningGateway node) {
        return !node.get("/health").body().contains("\"status\":\"degraded\"");
    }

    private static String message(String content, String key) {
        return "{\"type\":\"message\",\"payload\":{\"roomId\":\"r\",\"content\":\"%s\",\"dedupeKey\":\"%s\"}}"
                .formatted(content, key);
    }

    private static String notTaken(String key) {
        return "{\"type\":\"error\",\"payload\":{\"message\":\"Not available at the moment\",\"code\":\"UNAVAILABLE\",\"roomId\":\"r\",\"dedupeKey\":\"%s\"}}"
                .formatted(key);
    }

    @Test
    void aMessageSentAgainIsAcknowledgedWhenTheLogHasTheFirst() {
        try (ChatClient alice = ChatClient.in(one.port(), "alice", "r");
                ChatClient phone = ChatClient.in(two.port(), "alice", "r")) {
            alice.send(message("warm", "w"));
            services.ingested("warm");
            services.kafka.hang();
            try {
                alice.send(message("once", "k1"));
                alice.send(message("once", "k1"));
                alice.hearsNoMore("k1");
                phone.send(message("once", "k1"));
                assertThat(phone.until("error")).isEqualTo(notTaken("k1"));
            } finally {
                services.kafka.resume();
            }
            assertThat(alice.until("ack")).contains("DUPLICATE", "k1");
            services.ingested("once");
            await().atMost(PATIENCE)
                    .until(() -> {
                        phone.send(message("once", "k1"));
                        return phone.until("k1").contains("DUPLICATE");
                    });
            await().atMost(PATIENCE).until(() -> isHealthy(one));
            alice.send(message("later", "k2"));
            services.ingested("later");
            assertThat(services.ingestedTimes("once")).isOne();
        }
    }

    @Test
    void aSenderHearsAtOnceThatTheLogIsGone() {
        try (ChatClient alice = ChatClient.in(one.port(), "alice", "r")) {
            services.kafka.kill();
            try {
                await().atMost(PATIENCE).until(() -> !isHealthy(one));
                alice.send(message("twice", "k3"));
                assertThat(alice.until("error")).isEqualTo(notTaken("k3"));
                alice.send(
                        "{\"type\":\"message\",\"payload\":{\"roomId\":\"r\",\"content\":\"unnamed\"}}");
                assertThat(alice.until("error")).endsWith("\"roomId\":\"r\"}}");
            } finally {
                services.kafka.restart();
            }
            await().atMost(PATIENCE).until(() -> isHealthy(one));
            alice.send(message("twice", "k3"));
            services.ingested("twice");
            alice.hearsNoMore("error");
            assertThat(services.ingestedTimes("twice")).isOne();
        }
    }
}
