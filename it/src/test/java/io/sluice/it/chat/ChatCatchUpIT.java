package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scenario C17 for a client that missed much in many rooms and has a slow line.
class ChatCatchUpIT {
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
    private static final int ROOMS = 20;
    private static final int MESSAGES = 8;
    private static final String LONG = "x".repeat(60_000);

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private static String room(int room) {
        return "room-" + room;
    }

    /// Fills a room.
    ///
    /// @return a join that asks for all of it
    private static byte[] missed(ChatClient alice, String room) {
        alice.join(room).until("\"action\":\"joined\"");
        String heard = "";
        for (int i = 1; i <= MESSAGES; i++) {
            alice.send(
                    "{\"type\":\"message\",\"payload\":{\"roomId\":\""
                            + room
                            + "\",\"content\":\""
                            + LONG
                            + "\"}}");
            heard = alice.until("\"offset\":" + i + ",");
        }
        Matcher epoch = EPOCH.matcher(heard);
        assertThat(epoch.find()).isTrue();
        return RawWebSocket.frame(
                RawWebSocket.FIN | RawWebSocket.TEXT,
                "{\"type\":\"join\",\"payload\":{\"roomId\":\""
                        + room
                        + "\",\"since\":{\"offset\":0,\"epoch\":\""
                        + epoch.group(1)
                        + "\"}}}");
    }

    @Test
    void whoComesBackIntoManyRoomsIsToldWhatItMissedAsFastAsItReads() {
        int port =
                gateways.start(
                                ChatHandshakeIT.CHAT,
                                "realtime.limits.framesPerSecond=0",
                                "realtime.historyBytes=64MiB")
                        .port();
        ByteArrayOutputStream joins = new ByteArrayOutputStream();
        try (ChatClient alice = ChatClient.open(port, "alice");
                RawWebSocket narrow =
                        RawWebSocket.over(
                                RawClient.connectNarrow(port, 16 * 1024),
                                "/chat?token=" + ChatTokens.of("bob"));
                ChatClient bob = new ChatClient(narrow)) {
            for (int i = 0; i < ROOMS; i++) {
                joins.writeBytes(missed(alice, room(i)));
            }
            narrow.send(joins.toByteArray());
            // It reads nothing while others are served: all it missed is more than may wait for it
            // and for its socket.
            for (int i = 0; i < 2_000; i++) {
                alice.send("{\"type\":\"ping\"}").until("pong");
            }
            for (int i = 0; i < ROOMS; i++) {
                assertThat(bob.until("\"recovered\""))
                        .contains("\"roomId\":\"" + room(i) + "\"", "\"recovered\":true");
                for (int offset = 1; offset <= MESSAGES; offset++) {
                    assertThat(bob.until("\"content\""))
                            .contains(room(i), "\"offset\":" + offset + ",");
                }
            }
            bob.hearsNoMore("\"content\"");
        }
    }
}
