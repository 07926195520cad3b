package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What need not be heard passes by whoever is behind, and whoever is behind is not closed for it.
class VolatileIT {
    /// Far more than the sockets of both sides and the outbox hold together.
    private static final int MOST = 2_000;

    private static final String DROPPED = "gateway_realtime_messages_total{event=\"dropped\"}";
    private static final String PLENTY = "x".repeat(16 * 1024);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private RunningGateway start() {
        return gateways.start(
                BothFaces.TEXT + "  metrics: {enabled: true}\n",
                "realtime.outbox.behindBytes=16KiB",
                "realtime.websocket.pingInterval=0",
                "realtime.limits.framesPerSecond=0");
    }

    private static String passedBy(RunningGateway gateway) {
        return gateway.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(DROPPED))
                .findAny()
                .orElseThrow();
    }

    private static void say(RunningGateway gateway, String fields, String data) {
        String body = "{" + fields + ",\"volatile\":true,\"data\":\"" + data + "\"}";
        String path = fields.startsWith("\"channels\"") ? "/broadcast" : "/publish";
        assertThat(BothFaces.post(gateway, path, body).statusCode()).isEqualTo(200);
    }

    /// Says so much that the slow one, who does not read, falls behind; the fast one hears all of it.
    private static int fallBehind(RunningGateway gateway, ChatClient fast, String fields) {
        String before = passedBy(gateway);
        int said = 0;
        while (said < MOST && (said % 8 != 0 || passedBy(gateway).equals(before))) {
            say(gateway, fields, "no " + said + ' ' + PLENTY);
            assertThat(fast.until("no " + said + ' ')).contains(PLENTY);
            said++;
        }
        assertThat(said).as("nothing ever passed by").isLessThan(MOST);
        return said;
    }

    /// By as much as the system does not take at once, and less than closes a slow one.
    private static void fallFurtherBehind(RunningGateway gateway, ChatClient fast) {
        for (int i = 0; i < 32; i++) {
            String data = "kept " + i + ' ' + PLENTY;
            BothFaces.post(
                    gateway, "/publish", "{\"channel\":\"chat:r1\",\"data\":\"" + data + "\"}");
            assertThat(fast.until("kept " + i + ' ')).contains(PLENTY);
        }
    }

    private static ChatClient slow(RunningGateway gateway, String user) throws SocketException {
        ChatClient slow = ChatClient.in(gateway.port(), user, "r1");
        // Above a segment of the loopback: below it the system sends but a little at a time.
        slow.socket().client().socket().setReceiveBufferSize(256 * 1024);
        return slow;
    }

    @Test
    void whatBackendsSayInPassingIsNotKeptForSlowReaders() throws Exception {
        RunningGateway gateway = start();
        for (String fields :
                new String[] {"\"channel\":\"chat:r1\"", "\"channels\":[\"chat:r1\",\"rt:g\"]"}) {
            try (ChatClient fast = ChatClient.in(gateway.port(), "ann", "r1");
                    ChatClient slow = slow(gateway, "bob")) {
                int said = fallBehind(gateway, fast, fields);

                BothFaces.post(gateway, "/publish", "{\"channel\":\"chat:r1\",\"data\":\"stays\"}");

                int heard = 0;
                for (String text = slow.next(); !text.contains("stays"); text = slow.next()) {
                    heard += text.contains(PLENTY) ? 1 : 0;
                }
                assertThat(heard).isPositive().isLessThan(said);
                say(gateway, fields, "caught up");
                assertThat(slow.until("caught up")).contains("\"senderId\":\"api\"");
            }
        }
        assertThat(BothFaces.get(gateway, "/history?channel=chat:r1").body())
                .contains("stays")
                .doesNotContain("caught up");
    }

    @Test
    void typingPassesByWhoIsBehindAndItsEndDoesNot() throws Exception {
        RunningGateway gateway = start();
        try (ChatClient fast = ChatClient.in(gateway.port(), "ann", "r1");
                ChatClient typist = ChatClient.in(gateway.port(), "cat", "r1");
                ChatClient slow = slow(gateway, "bob")) {
            fallBehind(gateway, fast, "\"channel\":\"chat:r1\"");
            fallFurtherBehind(gateway, fast);

            say(typist, "typing");
            assertThat(fast.until("\"typing\"")).contains("\"userId\":\"cat\"");
            say(typist, "idle");

            String text = slow.next();
            while (!text.contains("\"idle\"")) {
                assertThat(text).doesNotContain("\"typing\"");
                text = slow.next();
            }
            say(typist, "typing");
            assertThat(slow.until("\"typing\"")).contains("\"userId\":\"cat\"");
        }
    }

    private static void say(ChatClient client, String status) {
        client.send(
                "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r1\",\"status\":\""
                        + status
                        + "\"}}");
    }

    @Test
    void volatileIsTrueOrFalse() {
        RunningGateway gateway = start();
        String body = "{\"channel\":\"demo\",\"data\":1,\"volatile\":\"yes\"}";
        assertThat(BothFaces.post(gateway, "/publish", body).statusCode()).isEqualTo(422);
    }
}
