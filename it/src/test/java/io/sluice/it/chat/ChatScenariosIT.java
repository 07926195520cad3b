package io.sluice.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.RawClient;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The scenarios that need one gateway and nothing else: it answers itself what clients send.
class ChatScenariosIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @SuppressWarnings("NullAway.Init") // set before each test
    private RunningGateway gateway;

    private int port;

    @BeforeEach
    void start() {
        gateway = gateways.start(ChatHandshakeIT.CHAT);
        port = gateway.port();
    }

    @Test
    void c02JoinsInTheReadmeProfile() {
        try (ChatClient bob = ChatClient.in(port, "bob", "room-9");
                ChatClient alice = ChatClient.open(port, "alice")) {
            alice.join("room-123");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-123\",\"action\":\"joined\",\"userId\":\"alice\",\"members\":[\"alice\"]}}");
            alice.hearsNothing();
            bob.join("room-123");
            assertThat(bob.until("room-123"))
                    .startsWith(
                            "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-123\",\"action\":\"joined\",\"userId\":\"bob\",\"members\":[")
                    .contains("\"alice\"", "\"bob\"");
            assertThat(alice.next())
                    .startsWith(
                            "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-123\",\"action\":\"joined\",\"userId\":\"bob\",\"members\":[")
                    .contains("\"alice\"", "\"bob\"");
            alice.send("{\"type\":\"join\",\"payload\":{}}");
            assertThat(alice.until("error"))
                    .isEqualTo(
                            "{\"type\":\"error\",\"payload\":{\"message\":\"Invalid roomId\",\"code\":\"INVALID_ROOM\"}}");
        }
    }

    @Test
    void c03JoinsInTheFlatProfile() {
        try (ChatClient alice = ChatClient.open(port, "alice")) {
            alice.send("{\"type\":\"join\",\"roomId\":\" room-1 \"}");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"room.joined\",\"payload\":{\"roomId\":\"room-1\",\"members\":[\"alice\"]}}");
            alice.send("{\"type\":\"ping\"}");
            assertThat(alice.next()).isEqualTo("{\"type\":\"pong\"}");
            alice.send("{\"type\":\"join\"}");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"payload\":{\"message\":\"Invalid roomId\",\"code\":\"INVALID_ROOM\"}}");
            alice.hearsNothing();
        }
    }

    @Test
    void c05WhatIsSentComesToAllMembersInTheirProfile() {
        try (ChatClient alice = ChatClient.in(port, "alice", "room-123");
                ChatClient bob = ChatClient.flatIn(port, "bob", "room-123");
                ChatClient outside = ChatClient.in(port, "carol", "room-9")) {
            alice.send(
                    "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-123\",\"content\":\"Hello!\",\"attachments\":[],\"dedupeKey\":\"k1\"}}");
            assertThat(alice.until("\"type\":\"message\""))
                    .startsWith("{\"type\":\"message\",\"payload\":{\"id\":\"")
                    .contains(
                            "\"roomId\":\"room-123\",\"senderType\":\"human\",\"senderId\":\"alice\",\"senderName\":\"alice\",\"content\":\"Hello!\",\"attachments\":[],\"replyToMessageId\":null,\"reactions\":[],\"createdAt\":\"",
                            "\"dedupeKey\":\"k1\"}",
                            "\"offset\":1,\"epoch\":\"");
            assertThat(bob.next()).startsWith("{\"type\":\"message\",\"data\":{\"id\":\"");
            alice.hearsNothing();
            bob.hearsNothing();
            outside.hearsNoMore("Hello!");
        }
    }

    @Test
    void aMessageSentAgainIsAcknowledgedAndNotTakenAgain() {
        String message =
                "{\"type\":\"message.send\",\"roomId\":\"r\",\"content\":\"once\",\"tempId\":\"t1\"}";
        try (ChatClient alice = ChatClient.flatIn(port, "alice", "r");
                ChatClient bob = ChatClient.flatIn(port, "bob", "r")) {
            alice.send(message);
            alice.send(message);
            assertThat(alice.next()).contains("once");
            assertThat(alice.next())
                    .startsWith(
                            "{\"type\":\"ack\",\"payload\":{\"roomId\":\"r\",\"dedupeKey\":\"t1\",\"code\":\"DUPLICATE\",\"at\":");
            assertThat(bob.next()).contains("once");
            bob.send(message);
            assertThat(bob.next()).contains("\"senderId\":\"bob\"");
            alice.hearsNoMore("\"senderId\":\"alice\"");
        }
    }

    @Test
    void c07Leaves() {
        try (ChatClient alice = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.in(port, "bob", "r")) {
            alice.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"r\"}}");
            String left =
                    "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"r\",\"action\":\"left\",\"userId\":\"alice\",\"members\":[\"bob\"]}}";
            assertThat(alice.until("left")).isEqualTo(left);
            assertThat(bob.until("left")).isEqualTo(left);
            bob.send(message("alone"));
            assertThat(bob.until("alone")).contains("\"senderId\":\"bob\"");
            alice.hearsNothing();
            alice.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"r\"}}");
            assertThat(alice.next()).contains("NOT_A_MEMBER");
        }
    }

    @Test
    void oneOfTwoDevicesLeavesAndTheOtherStays() {
        try (ChatClient phone = ChatClient.in(port, "alice", "r");
                ChatClient desk = ChatClient.in(port, "alice", "r");
                ChatClient bob = ChatClient.in(port, "bob", "r")) {
            phone.send("{\"type\":\"leave\",\"payload\":{\"roomId\":\"r\"}}");
            assertThat(phone.until("left")).contains("\"members\":[");
            bob.send("{\"type\":\"message\",\"payload\":{\"roomId\":\"r\",\"content\":\"still\"}}");
            desk.until("still");
            bob.hearsNoMore("\"action\":\"left\"");
            phone.hearsNoMore("still");
        }
    }

    @Test
    void c08AnswersMalformedFramesAndEndsAFlood() {
        try (ChatClient bob = ChatClient.in(port, "bob", "r");
                ChatClient alice = ChatClient.open(port, "alice")) {
            alice.send("{bad");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"error\",\"payload\":{\"message\":\"Unable to parse message\",\"code\":\"BAD_JSON\"}}");
            alice.send("[]");
            assertThat(alice.next()).contains("\"code\":\"UNKNOWN_TYPE\"");
            alice.send("{\"type\":\"zzz\"}");
            assertThat(alice.next()).contains("\"code\":\"UNKNOWN_TYPE\"");
            alice.socket().binary(new byte[] {(byte) 0xff, 0, 1, (byte) 0x80});
            assertThat(alice.next()).contains("\"code\":\"BAD_JSON\"");
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                flood.writeBytes(RawWebSocket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, "{bad"));
            }
            alice.socket().send(flood.toByteArray());
            alice.until("RATE_LIMITED");
            assertThat(alice.closeCode()).isEqualTo(1008);
            bob.hearsNoMore("error");
        }
    }

    @Test
    void c09FramesInThePacketOfTheHandshakeAreAnswered() {
        String token = ChatTokens.of("alice");
        try (ChatClient first = ChatClient.open(port, "alice")) {
            for (int i = 0; i < 30; i++) {
                first.send("{\"type\":\"join\",\"roomId\":\"stored-" + i + "\"}");
                assertThat(first.until("room.joined")).contains("stored-" + i);
            }
        }
        for (int i = 0; i < 200; i++) {
            try (RawClient client = RawClient.connect(port)) {
                byte[] frame =
                        RawWebSocket.frame(
                                RawWebSocket.FIN | RawWebSocket.TEXT,
                                "{\"type\":\"join\",\"roomId\":\"early\"}");
                ByteArrayOutputStream packet = new ByteArrayOutputStream();
                packet.writeBytes(
                        RawWebSocket.handshake("/chat?token=" + token)
                                .getBytes(StandardCharsets.ISO_8859_1));
                packet.writeBytes(frame);
                client.send(packet.toByteArray());
                ChatClient early = new ChatClient(RawWebSocket.opened(client));
                assertThat(early.until("room.joined")).contains("\"roomId\":\"early\"");
            }
        }
    }

    @Test
    void c17RecoversWhatWasMissed() {
        try (ChatClient alice = ChatClient.in(port, "alice", "r")) {
            String epoch = "";
            try (ChatClient bob = ChatClient.in(port, "bob", "r")) {
                for (int i = 1; i <= 5; i++) {
                    alice.send(message("m" + i));
                    String heard = bob.until("\"m" + i + "\"");
                    assertThat(heard).contains("\"offset\":" + i + ",\"epoch\":\"");
                    epoch = heard.replaceAll(".*\"epoch\":\"([^\"]+)\"}$", "$1");
                }
            }
            for (int i = 6; i <= 12; i++) {
                alice.send(message("m" + i));
                alice.until("\"m" + i + "\"");
            }
            try (ChatClient bob = ChatClient.open(port, "bob")) {
                bob.send(since("r", 5, epoch));
                assertThat(bob.until("joined"))
                        .contains("\"recovered\":true,\"offset\":12,\"epoch\":\"" + epoch + "\"");
                for (int i = 6; i <= 12; i++) {
                    assertThat(bob.next()).contains("\"m" + i + "\"", "\"offset\":" + i + ",");
                }
                bob.hearsNoMore("\"m");
            }
            try (ChatClient bob = ChatClient.open(port, "bob")) {
                bob.send(since("r", 5, "another"));
                assertThat(bob.until("joined")).contains("\"recovered\":false");
                bob.hearsNoMore("\"m");
            }
        }
    }

    private static String message(String content) {
        return "{\"type\":\"message\",\"payload\":{\"roomId\":\"r\",\"content\":\""
                + content
                + "\"}}";
    }

    private static String since(String room, int offset, String epoch) {
        return "{\"type\":\"join\",\"payload\":{\"roomId\":\""
                + room
                + "\",\"since\":{\"offset\":"
                + offset
                + ",\"epoch\":\""
                + epoch
                + "\"}}}";
    }

    @Test
    void theHundredAndFirstRoomIsRefusedAndTheSocketLives() {
        int unhurried =
                gateways.start(ChatHandshakeIT.CHAT, "realtime.limits.framesPerSecond=0").port();
        try (ChatClient alice = ChatClient.open(unhurried, "alice")) {
            for (int i = 1; i <= 100; i++) {
                alice.send("{\"type\":\"join\",\"roomId\":\"room-" + i + "\"}");
                assertThat(alice.next()).contains("room.joined");
            }
            for (int i = 101; i <= 1_000; i++) {
                alice.send("{\"type\":\"join\",\"roomId\":\"room-" + i + "\"}");
                assertThat(alice.next()).contains("TOO_MANY_ROOMS");
            }
            alice.hearsNothing();
        }
    }

    @Test
    void typingIsSeenByOthersUntilAMessageEndsIt() {
        try (ChatClient bob = ChatClient.in(port, "bob", "r");
                ChatClient alice = ChatClient.in(port, "alice", "r")) {
            alice.send(
                    "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"status\":\"typing\"}}");
            assertThat(bob.until("typing"))
                    .startsWith(
                            "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"userId\":\"alice\",\"status\":\"typing\",\"at\":");
            alice.send(message("done"));
            assertThat(bob.next()).contains("\"status\":\"online\"");
            assertThat(bob.next()).contains("done");
            alice.send(
                    "{\"type\":\"presence\",\"payload\":{\"roomId\":\"elsewhere\",\"status\":\"typing\"}}");
            assertThat(alice.until("error")).contains("NOT_A_MEMBER");
        }
    }

    @Test
    void reactionsToggleAndRepliesComeBack() {
        try (ChatClient alice = ChatClient.flatIn(port, "alice", "r")) {
            alice.send(
                    "{\"type\":\"message.reaction\",\"roomId\":\"r\",\"messageId\":\"m-1\",\"emoji\":\"👍\",\"action\":\"add\"}");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"message.reaction.created\",\"data\":{\"type\":\"message.reaction.created\",\"messageId\":\"m-1\",\"roomId\":\"r\",\"reaction\":{\"userId\":\"alice\",\"emoji\":\"👍\"},\"reactionsSummary\":[{\"emoji\":\"👍\",\"count\":1}]}}");
            alice.send(
                    "{\"type\":\"message.reaction\",\"roomId\":\"r\",\"messageId\":\"m-1\",\"emoji\":\"👍\"}");
            assertThat(alice.next())
                    .isEqualTo(
                            "{\"type\":\"message.reaction.removed\",\"data\":{\"type\":\"message.reaction.removed\",\"messageId\":\"m-1\",\"roomId\":\"r\",\"userId\":\"alice\",\"reactionsSummary\":[]}}");
            alice.send(
                    "{\"type\":\"message.reply\",\"roomId\":\"r\",\"content\":\"yes\",\"replyToMessageId\":\"m-1\",\"tempId\":\"t\"}");
            assertThat(alice.next())
                    .contains("\"content\":\"yes\"", "\"replyToMessageId\":\"m-1\"");
            assertThat(alice.next())
                    .contains("message.reply.created", "\"replyTo\":{\"id\":\"m-1\"}");
        }
    }
}
