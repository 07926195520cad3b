package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.core.json.JsonReader;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.ConnectionId;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatBusFormTest {
    private final ChatBusForm form = new ChatBusForm(ChannelNames.STANDARD, Message::body);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Outbound decode(String payload) {
        return form.decode("chat:R", bytes(payload));
    }

    private Message.Keep keep(String payload) {
        return Objects.requireNonNull(decode(payload)).keep();
    }

    private String encode(Outbound event) {
        byte[] encoded = form.encode(event);
        return encoded == null ? "" : new String(encoded, StandardCharsets.UTF_8);
    }

    @Test
    void roomsAndStreamsHaveTheirTopics() {
        assertThat(form.topic("chat:room-123")).isEqualTo("room:room-123");
        assertThat(form.topic("ar:room-123")).isEqualTo("ar-room:room-123");
        assertThat(form.isForeign()).isTrue();
        ChannelNames mapped =
                new ChannelNames(Map.of("lobby", Map.of("rt", "g1", "chat", "room-1")));
        ChatBusForm shared = new ChatBusForm(mapped, Message::body);
        assertThat(shared.topic("lobby")).isEqualTo("room:room-1");
    }

    @Test
    void aMessageIsTheBareEventBothWays() {
        String event =
                "{\"id\":\"msg-123\",\"roomId\":\"R\",\"senderType\":\"human\",\"senderId\":\"user-123\",\"content\":\"Hello!\",\"createdAt\":\"2024-01-01T00:00:00Z\"}";
        assertThat(decode(event))
                .isInstanceOfSatisfying(
                        Message.class,
                        message -> {
                            assertThat(message.kind()).isEqualTo("message");
                            assertThat(message.id()).isEqualTo("msg-123");
                            assertThat(message.sender()).isEqualTo("user-123");
                            assertThat(message.timeMs())
                                    .isEqualTo(
                                            Instant.parse("2024-01-01T00:00:00Z").toEpochMilli());
                            assertThat(encode(message)).isEqualTo(event);
                        });
    }

    @Test
    void knownTypesAreTypedEvents() {
        String event =
                "{\"type\":\"message.reaction.removed\",\"messageId\":\"m\",\"userId\":\"u\"}";
        assertThat(decode(event))
                .isInstanceOfSatisfying(
                        Message.class,
                        message -> {
                            assertThat(message.kind()).isEqualTo("message.reaction.removed");
                            assertThat(encode(message)).isEqualTo(event);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bad",
                "[]",
                "{}",
                "{\"id\":\"m\"}",
                "{\"senderId\":\"u\"}",
                "{\"type\":\"zzz\"}",
                "{\"id\":7,\"senderId\":\"u\"}",
                "{\"type\":\"presence\"}",
                "{\"type\":\"room.membership\",\"participantId\":\"u\",\"action\":\"x\"}"
            })
    void whatIsNoEventIsNull(String payload) {
        assertThat(decode(payload)).isNull();
    }

    @Test
    void aMessageOfAnUnknownTypeStillCounts() {
        assertThat(decode("{\"type\":\"text\",\"id\":\"m\",\"senderId\":\"u\"}"))
                .isInstanceOf(Message.class);
    }

    @Test
    void presenceSurvivesAndIsNoMessageToOthers() {
        PresenceChange change =
                new PresenceChange("chat:R", Chat.FACE, "u1", "typing", new byte[0], 1234567890123L)
                        .with(Message.Keep.VOLATILE);
        assertThat(encode(change))
                .isEqualTo(
                        "{\"type\":\"presence\",\"roomId\":\"R\",\"userId\":\"u1\",\"status\":\"typing\",\"at\":1234567890123}");
        assertThat(decode(encode(change)))
                .isInstanceOfSatisfying(
                        PresenceChange.class,
                        back -> {
                            assertThat(back).usingRecursiveComparison().isEqualTo(change);
                        });
        PresenceChange came =
                new PresenceChange("chat:R", Chat.FACE, "u1", "online", ChatText.JUST_CAME, 5);
        assertThat(decode(encode(came))).usingRecursiveComparison().isEqualTo(came);
    }

    @Test
    void chunksOfAStreamPassByWhoIsBehindButForTheLast() {
        String chunk =
                "{\"type\":\"ar-stream-chunk\",\"streamId\":\"s\",\"messageId\":\"m\",\"roomId\":\"R\",\"isFinal\":%s}";
        assertThat(keep(chunk.formatted("false"))).isEqualTo(Message.Keep.VOLATILE);
        assertThat(keep(chunk.formatted("true"))).isEqualTo(Message.Keep.KEPT);
    }

    @Test
    void whatAnotherFaceSaysInPassingStaysThatWayOnTheBus() {
        Message message =
                Message.of("chat:R", "api", "message", "ops", new byte[] {'1'}, "id", 1)
                        .to(Message.Reach.VOLATILE);
        assertThat(keep(encode(message))).isEqualTo(Message.Keep.VOLATILE);
        assertThat(keep(encode(message.to(Message.Reach.ALL)))).isEqualTo(Message.Keep.KEPT);
    }

    @Test
    void memberChangesSurvive() {
        for (MemberChange.Action action : MemberChange.Action.values()) {
            MemberChange change =
                    new MemberChange("chat:R", Chat.FACE, action, "u", List.of("u", "v"), 99);
            assertThat(decode(encode(change))).isEqualTo(change);
        }
        ConnectionId id = new ConnectionId(0x4001L, Long.MIN_VALUE);
        MemberChange told =
                new MemberChange(
                        "chat:R", Chat.FACE, MemberChange.Action.JOINED, "u", List.of(), 0, 9, id);
        assertThat(decode(encode(told))).isEqualTo(told);
        MemberChange unknown =
                new MemberChange(
                        "chat:R", Chat.ROOM_SERVICE, MemberChange.Action.LEFT, "u", null, 99);
        assertThat(decode(encode(unknown))).isEqualTo(unknown);
        assertThat(encode(unknown)).doesNotContain("\"id\"").doesNotContain("senderId");
        MemberChange crowded =
                new MemberChange(
                        "chat:R", Chat.FACE, MemberChange.Action.LEFT, "u", null, 900, 99, null);
        assertThat(decode(encode(crowded))).isEqualTo(crowded);
    }

    @Test
    void gapsStayOnTheirNode() {
        assertThat(form.encode(new Gap("chat:R", null))).isNull();
    }

    @Test
    void messagesOfOtherFacesBecomeEventsTheOriginalReads() {
        Message update =
                Message.of("chat:R", "rt", "data_update", "u1", bytes("{\"x\":1}"), "i", 0);
        assertThat(decode(encode(update)))
                .isInstanceOfSatisfying(
                        Message.class,
                        message -> {
                            assertThat(message.id()).isEqualTo("i");
                            assertThat(message.face()).isEqualTo(Chat.FACE);
                        });
    }

    @FuzzTest
    void decodesAnything(byte[] payload) {
        check(payload);
    }

    @Property(tries = 300)
    void decodesRandomBytes(@ForAll byte[] payload) {
        check(payload);
    }

    @Property(tries = 300)
    void presenceOfAnybodySurvives(@ForAll String who, @ForAll String status) {
        PresenceChange change =
                new PresenceChange("chat:R", Chat.FACE, who, status, new byte[0], 1);
        assertThat(decode(encode(change))).usingRecursiveComparison().isEqualTo(change);
    }

    private void check(byte[] payload) {
        Outbound event = form.decode("chat:R", payload);
        if (event != null) {
            assertThat(JsonReader.read(encode(event))).isNotNull();
        }
    }
}
