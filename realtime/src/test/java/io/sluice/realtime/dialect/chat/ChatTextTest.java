package io.sluice.realtime.dialect.chat;

import static io.sluice.realtime.dialect.chat.ChatProfile.FLAT;
import static io.sluice.realtime.dialect.chat.ChatProfile.README;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Position;
import io.sluice.realtime.hub.ChannelNames;
import io.sluice.realtime.hub.Gap;
import io.sluice.realtime.hub.MemberChange;
import io.sluice.realtime.hub.MemberChange.Action;
import io.sluice.realtime.hub.Message;
import io.sluice.realtime.hub.Outbound;
import io.sluice.realtime.hub.PresenceChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ChatTextTest {
    private static final long NOON = Instant.parse("2024-01-01T12:00:00Z").toEpochMilli();
    private static final byte[] NOTHING = {};

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static @Nullable String say(ChatProfile profile, Outbound event) {
        byte[] said = new ChatWords(profile, ChannelNames.STANDARD, Message::body).text(event);
        return said == null ? null : text(said);
    }

    private static Roster all(String... members) {
        return Roster.of(List.of(members), 200);
    }

    @Test
    void largeRoomsAreToldWithACount() {
        Roster some = Roster.of(List.of("u1", "u2", "u3"), 2);
        assertThat(text(ChatText.joined(README, "R", "u1", some, null)))
                .isEqualTo(
                        "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"R\",\"action\":\"joined\",\"userId\":\"u1\",\"members\":[\"u1\",\"u2\"],\"memberCount\":3}}");
        assertThat(text(ChatText.joined(FLAT, "R", "u1", some, null)))
                .isEqualTo(
                        "{\"type\":\"room.joined\",\"payload\":{\"roomId\":\"R\",\"members\":[\"u1\",\"u2\"],\"memberCount\":3}}");
        MemberChange change =
                new MemberChange(
                        "chat:R", Chat.ROOM_SERVICE, Action.JOINED, "u9", null, 3, NOON, null);
        assertThat(say(README, change))
                .isEqualTo(
                        "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"R\",\"action\":\"joined\",\"userId\":\"u9\",\"memberCount\":3}}");
        assertThat(say(FLAT, change))
                .isEqualTo(
                        "{\"type\":\"room.membership\",\"payload\":{\"roomId\":\"R\",\"participantId\":\"u9\",\"action\":\"joined\",\"memberCount\":3}}");
    }

    @Test
    void whatCouldNotBeTakenIsNamed() {
        assertThat(text(ChatText.notTaken(ChatError.UNAVAILABLE, "R", "k1")))
                .isEqualTo(
                        "{\"type\":\"error\",\"payload\":{\"message\":\"Not available at the moment\",\"code\":\"UNAVAILABLE\",\"roomId\":\"R\",\"dedupeKey\":\"k1\"}}");
        assertThat(text(ChatText.notTaken(ChatError.NOT_A_MEMBER, "R", null)))
                .endsWith("\"code\":\"NOT_A_MEMBER\",\"roomId\":\"R\"}}");
    }

    private static Message message(String kind, String body) {
        return Message.of("chat:R", Chat.FACE, kind, "u1", bytes(body), "m1", NOON);
    }

    @Test
    void answersToJoins() {
        assertThat(text(ChatText.joined(README, "room-123", "alice", all("alice"), null)))
                .isEqualTo(
                        "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"room-123\",\"action\":\"joined\",\"userId\":\"alice\",\"members\":[\"alice\"]}}");
        assertThat(text(ChatText.joined(FLAT, "R", "u1", all("u1", "u2"), null)))
                .isEqualTo(
                        "{\"type\":\"room.joined\",\"payload\":{\"roomId\":\"R\",\"members\":[\"u1\",\"u2\"]}}");
    }

    @Test
    void answersToJoinsThatRegainTellThePlace() {
        ChatText.Regained regained = new ChatText.Regained(true, new Position("E", 12));
        assertThat(text(ChatText.joined(FLAT, "R", "u1", all("u1"), regained)))
                .isEqualTo(
                        "{\"type\":\"room.joined\",\"payload\":{\"roomId\":\"R\",\"members\":[\"u1\"],\"recovered\":true,\"offset\":12,\"epoch\":\"E\"}}");
        assertThat(
                        text(
                                ChatText.joined(
                                        README,
                                        "R",
                                        "u1",
                                        all(),
                                        new ChatText.Regained(false, null))))
                .endsWith("\"members\":[],\"recovered\":false}}");
    }

    @Test
    void smallAnswers() {
        assertThat(text(ChatText.PONG)).isEqualTo("{\"type\":\"pong\"}");
        assertThat(text(ChatText.error(ChatError.INVALID_ROOM, "Invalid roomId")))
                .isEqualTo(
                        "{\"type\":\"error\",\"payload\":{\"message\":\"Invalid roomId\",\"code\":\"INVALID_ROOM\"}}");
        assertThat(text(ChatText.sentBefore("R", "k1", 5)))
                .isEqualTo(
                        "{\"type\":\"ack\",\"payload\":{\"roomId\":\"R\",\"dedupeKey\":\"k1\",\"code\":\"DUPLICATE\",\"at\":5}}");
        assertThat(text(ChatText.refreshed(7L)))
                .isEqualTo("{\"type\":\"refreshed\",\"payload\":{\"expiresAt\":7}}");
        assertThat(text(ChatText.refreshed(null)))
                .isEqualTo("{\"type\":\"refreshed\",\"payload\":{\"expiresAt\":null}}");
    }

    @Test
    void messagesAreTheEventItself() {
        String event = "{\"id\":\"msg-123\",\"roomId\":\"R\",\"senderId\":\"u1\",\"extra\":1.0}";
        assertThat(say(README, message("message", event)))
                .isEqualTo("{\"type\":\"message\",\"payload\":" + event + "}");
        assertThat(say(FLAT, message("message", event)))
                .isEqualTo("{\"type\":\"message\",\"data\":" + event + "}");
    }

    @Test
    void messagesOfKeptRoomsTellTheirPlaceBehind() {
        Message placed = message("message", "{}").at(new Position("E", 5));
        assertThat(say(README, placed))
                .isEqualTo("{\"type\":\"message\",\"payload\":{},\"offset\":5,\"epoch\":\"E\"}");
        assertThat(say(FLAT, placed))
                .isEqualTo("{\"type\":\"message\",\"data\":{},\"offset\":5,\"epoch\":\"E\"}");
    }

    @Test
    void typedEventsRepeatTheirTypeInsideAndStayAsTheyWereInTheFlatProfile() {
        String event =
                "{\"type\":\"message.reaction.created\",\"messageId\":\"m\",\"roomId\":\"R\",\"reaction\":{\"userId\":\"u\",\"emoji\":\"👍\"},\"reactionsSummary\":[{\"emoji\":\"👍\",\"count\":1}]}";
        Message placed = message("message.reaction.created", event).at(new Position("E", 6));
        assertThat(say(FLAT, placed))
                .isEqualTo("{\"type\":\"message.reaction.created\",\"data\":" + event + "}");
        assertThat(say(README, placed))
                .isEqualTo(
                        "{\"type\":\"message.reaction.created\",\"payload\":"
                                + event
                                + ",\"offset\":6,\"epoch\":\"E\"}");
    }

    @Test
    void chunksOfStreamsComeOutOfTheirOwnChannel() {
        Message chunk = Message.of("ar:R", Chat.FACE, "ar-stream-chunk", null, bytes("{}"), "m", 0);
        assertThat(say(FLAT, chunk)).isEqualTo("{\"type\":\"ar-stream-chunk\",\"data\":{}}");
    }

    @Test
    void whatTheRoomServiceToldIsWrittenInBothProfiles() {
        MemberChange joined = change(Chat.ROOM_SERVICE, Action.JOINED, "u3", List.of("u1", "u3"));
        assertThat(say(FLAT, joined))
                .isEqualTo(
                        "{\"type\":\"room.membership\",\"payload\":{\"roomId\":\"R\",\"participantId\":\"u3\",\"action\":\"joined\",\"members\":[\"u1\",\"u3\"]}}");
        assertThat(say(README, joined))
                .isEqualTo(
                        "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"R\",\"action\":\"joined\",\"userId\":\"u3\",\"members\":[\"u1\",\"u3\"]}}");
        assertThat(say(FLAT, change(Chat.ROOM_SERVICE, Action.LEFT, "u3", List.of())))
                .isEqualTo(
                        "{\"type\":\"room.membership\",\"payload\":{\"roomId\":\"R\",\"participantId\":\"u3\",\"action\":\"left\",\"members\":[]}}");
    }

    @Test
    void roomsThatComeAndGoAreWrittenInBothProfiles() {
        MemberChange created = change(Chat.ROOM_SERVICE, Action.CREATED, "u1", List.of());
        assertThat(say(FLAT, created))
                .isEqualTo(
                        "{\"type\":\"room.created\",\"payload\":{\"roomId\":\"R\",\"createdBy\":\"u1\",\"members\":[],\"timestamp\":\"2024-01-01T12:00:00.000Z\"}}");
        assertThat(say(README, created))
                .isEqualTo(
                        "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"R\",\"action\":\"created\",\"userId\":\"u1\",\"members\":[]}}");
        MemberChange deleted = change(Chat.ROOM_SERVICE, Action.DELETED, "", null);
        assertThat(say(FLAT, deleted))
                .isEqualTo("{\"type\":\"room.deleted\",\"payload\":{\"roomId\":\"R\"}}");
        assertThat(say(README, deleted))
                .isEqualTo(
                        "{\"type\":\"room_update\",\"payload\":{\"roomId\":\"R\",\"action\":\"deleted\"}}");
    }

    @Test
    void whoComesThroughASocketIsToldInTheReadmeProfileOnly() {
        MemberChange joined = change(Chat.FACE, Action.JOINED, "u1", List.of("u1"));
        assertThat(say(README, joined)).contains("\"action\":\"joined\"");
        assertThat(say(FLAT, joined)).isNull();
    }

    @Test
    void presenceIsTheSameInBothProfiles() {
        PresenceChange typing = new PresenceChange("chat:R", Chat.FACE, "u1", "typing", NOTHING, 7);
        String expected =
                "{\"type\":\"presence\",\"payload\":{\"roomId\":\"R\",\"userId\":\"u1\",\"status\":\"typing\",\"at\":7}}";
        assertThat(say(README, typing)).isEqualTo(expected);
        assertThat(say(FLAT, typing)).isEqualTo(expected);
        PresenceChange came =
                new PresenceChange("chat:R", Chat.FACE, "u1", "online", ChatText.JUST_CAME, 7);
        assertThat(say(README, came)).contains("\"online\"");
        assertThat(say(FLAT, came)).isNull();
    }

    @Test
    void aGapNamesTheNewestPlace() {
        assertThat(say(FLAT, new Gap("chat:R", new Position("E", 9))))
                .isEqualTo(
                        "{\"type\":\"gap\",\"payload\":{\"roomId\":\"R\",\"offset\":9,\"epoch\":\"E\"}}");
    }

    @Test
    void whatOtherFacesSayIsAMessage() {
        Message update =
                Message.of("chat:R", "rt", "data_update", "u1", bytes("{\"x\":1}"), "i", NOON);
        assertThat(say(README, update))
                .isEqualTo(
                        "{\"type\":\"message\",\"payload\":{\"id\":\"i\",\"roomId\":\"R\",\"senderType\":\"human\",\"senderId\":\"u1\",\"content\":\"{\\\"x\\\":1}\",\"attachments\":[],\"replyToMessageId\":null,\"reactions\":[],\"createdAt\":\"2024-01-01T12:00:00.000Z\"}}");
        Message words = Message.of("chat:R", "http", "message", null, bytes("\"hi\""), "i", NOON);
        assertThat(say(FLAT, words))
                .contains("\"senderType\":\"agent\",\"senderId\":\"http\",\"content\":\"hi\"");
    }

    @Test
    void channelsOfOtherFacesAreNotSpokenOf() {
        assertThat(say(FLAT, new Gap("rt:g1", null))).isNull();
    }

    private static MemberChange change(
            String face, Action action, String user, @Nullable List<String> members) {
        return new MemberChange("chat:R", face, action, user, members, NOON);
    }
}
