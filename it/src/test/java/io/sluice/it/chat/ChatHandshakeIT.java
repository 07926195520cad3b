package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.Ticker;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawResponse;
import io.sluice.testkit.RawWebSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who gets in, and for how long.
class ChatHandshakeIT {
    static final String CHAT =
            """
            gateway:
              realtime:
                chat:
                  enabled: true
                  secret: %s
            """
                    .formatted(ChatTokens.SECRET);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        gateway = gateways.start(CHAT);
    }

    private static long now() {
        return Ticker.system().epochMillis() / 1000;
    }

    private RawResponse ask(String query, String... fields) {
        try (RawClient client = RawClient.connect(gateway.port())) {
            RawWebSocket.ask(client, "/chat" + query, fields);
            RawResponse head = client.head();
            if (head.status() == 101) {
                return head;
            }
            RawResponse answer = client.withBody(head);
            assertThat(client.closedWithin(Duration.ofSeconds(20))).isTrue();
            return answer;
        }
    }

    @Test
    void c01RefusesAllButGoodTokensBeforeTheUpgrade() {
        String expired = ChatTokens.until("alice", now() - 10);
        String other = ChatTokens.signed("HS256", "other", "{\"id\":\"alice\"}");
        String nobody = ChatTokens.signed("HS256", ChatTokens.SECRET, "{\"email\":\"a@x.io\"}");
        for (String token :
                List.of("garbage", expired, other, nobody, ChatTokens.unsigned("alice"))) {
            assertRefused(ask("?token=" + token));
            assertRefused(ask("", "Authorization: Bearer " + token));
        }
        assertRefused(ask(""));
        assertRefused(ask("?token="));
        String good = ChatTokens.of("alice");
        assertRefused(ask("", "Authorization: bearer " + good));
        assertRefused(ask("?token=garbage", "Authorization: Bearer " + good));
    }

    @Test
    void c01RefusesATokenThatSaysNotWhoseItIs() {
        String nobody = ChatTokens.signed("HS256", ChatTokens.SECRET, "{\"email\":\"a@x.io\"}");
        assertRefused(ask("?token=" + nobody));
    }

    private static void assertRefused(RawResponse answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo("Unauthorized");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Content-Type")).isEqualTo("text/html");
    }

    @Test
    void c01TakesTokensFromTheQueryAndFromTheField() {
        String good = ChatTokens.of("alice");
        assertThat(ask("?token=" + good).status()).isEqualTo(101);
        assertThat(ask("?x=1&token=" + good + "&y=2").status()).isEqualTo(101);
        assertThat(ask("", "Authorization: Bearer " + good).status()).isEqualTo(101);
        assertThat(ask("", "Authorization: " + good).status()).isEqualTo(101);
        assertThat(ask("?token=", "Authorization: Bearer " + good).status()).isEqualTo(101);
        for (String alg : List.of("HS384", "HS512")) {
            String token = ChatTokens.signed(alg, ChatTokens.SECRET, "{\"id\":\"alice\"}");
            assertThat(ask("?token=" + token).status()).isEqualTo(101);
        }
    }

    @Test
    void noTokenStandsInTheAccessLog() {
        ask("?token=SECRETSECRET");
        ask("?token=" + ChatTokens.of("alice"));
        Awaitility.await().until(() -> gateway.accessLog().size() >= 2);
        assertThat(String.join("\n", gateway.accessLog()))
                .contains("/chat")
                .doesNotContain("SECRETSECRET")
                .doesNotContain(ChatTokens.of("alice"));
    }

    @Test
    void aTokenThatEndsClosesTheSocket() {
        String token = ChatTokens.until("alice", now() + 6);
        try (ChatClient alice =
                new ChatClient(RawWebSocket.open(gateway.port(), "/chat?token=" + token))) {
            alice.hearsNothing();
            assertThat(alice.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void aNewTokenOfTheSameUserKeepsTheSocket() {
        String token = ChatTokens.until("alice", now() + 6);
        long later = now() + 3600;
        try (ChatClient alice =
                new ChatClient(RawWebSocket.open(gateway.port(), "/chat?token=" + token))) {
            alice.send("{\"type\":\"refresh\",\"token\":\"garbage\"}");
            assertThat(alice.next()).contains("INVALID_TOKEN");
            alice.send(refresh(ChatTokens.until("bob", later)));
            assertThat(alice.next()).contains("INVALID_TOKEN");
            alice.send(refresh(ChatTokens.until("alice", later)));
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"refreshed\",\"payload\":{\"expiresAt\":"
                                    + later * 1000
                                    + "}}");
            long over = now() + 8;
            Awaitility.await().until(() -> now() > over);
            alice.hearsNothing();
        }
    }

    private static String refresh(String token) {
        return "{\"type\":\"refresh\",\"token\":\"" + token + "\"}";
    }

    @Test
    void aUserHasTenConnections() {
        List<ChatClient> ten =
                IntStream.range(0, 10)
                        .mapToObj(_ -> ChatClient.open(gateway.port(), "alice"))
                        .toList();
        try (ChatClient eleventh = ChatClient.open(gateway.port(), "alice");
                ChatClient bob = ChatClient.open(gateway.port(), "bob")) {
            assertThat(eleventh.closeCode()).isEqualTo(4003);
            bob.hearsNothing();
        }
        ten.forEach(ChatClient::close);
    }

    @Test
    void whoIsTurnedAwayHasThePlaceOfItsAddressUntilItIsGone() {
        int port =
                gateways.start(
                                CHAT,
                                "realtime.limits.connectionsPerUser=1",
                                "realtime.limits.connectionsPerAddress=2",
                                "realtime.websocket.closeTimeout=60s")
                        .port();
        try (ChatClient alice = ChatClient.open(port, "alice");
                RawClient third = RawClient.connect(port)) {
            try (ChatClient turnedAway = ChatClient.open(port, "alice")) {
                assertThat(turnedAway.closeCode()).isEqualTo(4003);
                RawWebSocket.ask(third, "/chat?token=" + ChatTokens.of("bob"));
                assertThat(third.head().status()).isEqualTo(429);
            }
            Awaitility.await()
                    .ignoreExceptions()
                    .until(() -> {
                        try (ChatClient bob = ChatClient.open(port, "bob")) {
                            bob.hearsNothing();
                            return true;
                        }
                    });
            alice.hearsNothing();
        }
    }

    @Test
    void guestsOfTheDemoGetATokenOnThisMachineOnly() {
        RunningGateway demo = gateways.startDefault();
        HttpResponse<String> page = demo.get("/chat/guest-token");
        assertThat(page.statusCode()).isEqualTo(200);
        String token = page.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
        try (RawWebSocket socket = RawWebSocket.open(demo.port(), "/chat?token=" + token)) {
            socket.text("{\"type\":\"ping\"}");
            assertThat(socket.readText()).isEqualTo("{\"type\":\"pong\"}");
        }
        assertThat(tokenAskedAt(demo, "sluice.example")).isEqualTo(404);
        assertThat(tokenAskedAt(demo, "localhost")).isEqualTo(200);
        assertThat(gateway.get("/chat/guest-token").statusCode()).isEqualTo(404);
    }

    private static int tokenAskedAt(RunningGateway demo, String host) {
        try (RawClient client = RawClient.connect(demo.port())) {
            client.send("GET /chat/guest-token HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            return client.response().status();
        }
    }

    @Test
    void aPageIsNotServed() {
        assertThat(gateway.get("/chat").statusCode()).isEqualTo(404);
    }
}
