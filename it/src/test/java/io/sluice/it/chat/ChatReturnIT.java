package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RedisProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scenario C17 for a client that is put into its rooms at the handshake, while others go on talking.
@SuppressWarnings("NullAway.Init") // set before all tests
class ChatReturnIT {
    private static final Pattern CONTENT = Pattern.compile("\"content\":\"(m\\d+)\"");
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");

    /// Outlives the gateways of every test.
    private static RedisProcess redis;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @BeforeAll
    static void startRedis() {
        redis = RedisProcess.start();
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    private int alone(String wait) {
        return gateways.start(ChatHandshakeIT.CHAT, "realtime.chat.returnWait=" + wait).port();
    }

    /// Messages `m«from»` to `m«to»`, heard by whoever sends them.
    private static String say(ChatClient alice, int from, int to) {
        String heard = "";
        for (int i = from; i <= to; i++) {
            alice.send(
                    "{\"type\":\"message\",\"payload\":{\"roomId\":\"r\",\"content\":\"m"
                            + i
                            + "\"}}");
            heard = alice.until("\"m" + i + "\"");
        }
        Matcher epoch = EPOCH.matcher(heard);
        assertThat(epoch.find()).isTrue();
        return epoch.group(1);
    }

    private static void rejoin(ChatClient bob, int offset, String epoch) {
        bob.send(
                "{\"type\":\"join\",\"payload\":{\"roomId\":\"r\",\"since\":{\"offset\":"
                        + offset
                        + ",\"epoch\":\""
                        + epoch
                        + "\"}}}");
    }

    /// Contents of messages up to this one, and `joined` where the join is answered.
    private static List<String> heard(ChatClient bob, int last) {
        List<String> heard = new ArrayList<>();
        while (heard.isEmpty() || !heard.getLast().equals("m" + last)) {
            String frame = bob.next();
            Matcher content = CONTENT.matcher(frame);
            if (content.find()) {
                heard.add(content.group(1));
            } else if (frame.contains("\"recovered\":true")) {
                heard.add("joined");
            }
        }
        return heard;
    }

    private static List<String> joinedThen(int from, int to) {
        return Stream.concat(
                        Stream.of("joined"), IntStream.rangeClosed(from, to).mapToObj(i -> "m" + i))
                .toList();
    }

    private static void comesBackWhileOthersTalk(int port, int portOfBob) {
        try (ChatClient alice = ChatClient.in(port, "alice", "r")) {
            try (ChatClient bob = ChatClient.in(portOfBob, "bob", "r")) {
                say(alice, 1, 5);
                bob.until("\"m5\"");
            }
            say(alice, 6, 8);
            try (ChatClient bob = ChatClient.open(portOfBob, "bob")) {
                bob.hearsNothing();
                String epoch = say(alice, 9, 10);
                rejoin(bob, 5, epoch);
                bob.until("recovered");
                say(alice, 11, 11);
                assertThat(heard(bob, 11)).isEqualTo(joinedThen(6, 11).subList(1, 7));
                bob.hearsNoMore("\"content\"");
            }
        }
    }

    @Test
    void whatIsSaidBeforeTheClientJoinsComesBehindWhatItMissed() {
        int port = alone("60s");
        comesBackWhileOthersTalk(port, port);
    }

    @Test
    void theSameOverNodes() {
        String node =
                "gateway: {bus: {redis: {url: '"
                        + redis.uri()
                        + "', commandTimeout: 20s, probeTimeout: 20s}}, realtime: {chat: {returnWait: 60s, enabled: true, secret: "
                        + ChatTokens.SECRET
                        + "}}}";
        int one = gateways.start(node, "health.enabled=true").port();
        var second = gateways.start(node, "health.enabled=true");
        await().until(() -> !second.get("/health").body().contains("\"status\":\"degraded\""));
        comesBackWhileOthersTalk(one, second.port());
    }

    @Test
    void aClientThatJoinsLateIsToldNothingTwice() {
        int port = alone("0s");
        try (ChatClient alice = ChatClient.in(port, "alice", "r")) {
            try (ChatClient bob = ChatClient.in(port, "bob", "r")) {
                say(alice, 1, 5);
                bob.until("\"m5\"");
            }
            say(alice, 6, 8);
            try (ChatClient bob = ChatClient.open(port, "bob")) {
                bob.hearsNothing();
                String epoch = say(alice, 9, 10);
                assertThat(heard(bob, 10)).containsExactly("m9", "m10");
                rejoin(bob, 5, epoch);
                assertThat(heard(bob, 8)).isEqualTo(joinedThen(6, 8));
                say(alice, 11, 11);
                assertThat(heard(bob, 11)).containsExactly("m11");
            }
        }
    }

    @Test
    void aClientThatNeverJoinsHearsWhatWasSaidSinceItCameBack() {
        int port = alone("100ms");
        try (ChatClient alice = ChatClient.in(port, "alice", "r")) {
            try (ChatClient bob = ChatClient.in(port, "bob", "r")) {
                say(alice, 1, 1);
                bob.until("\"m1\"");
            }
            say(alice, 2, 2);
            try (ChatClient bob = ChatClient.open(port, "bob")) {
                bob.hearsNothing();
                say(alice, 3, 5);
                assertThat(heard(bob, 5)).containsExactly("m3", "m4", "m5");
            }
        }
    }

    @Test
    void whoeverSendsIsBackInItsRooms() {
        int port = alone("60s");
        try (ChatClient alice = ChatClient.in(port, "alice", "r")) {
            ChatClient.in(port, "bob", "r").close();
            try (ChatClient bob = ChatClient.open(port, "bob")) {
                bob.hearsNothing();
                say(alice, 1, 1);
                say(bob, 2, 2);
                say(alice, 3, 3);
                bob.until("\"m3\"");
            }
        }
    }
}
