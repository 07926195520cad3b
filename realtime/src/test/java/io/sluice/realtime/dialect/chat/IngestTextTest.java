package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.identity.Principal;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IngestTextTest {
    private static final ChatSender ALICE = new ChatSender("alice", "alice");

    private static <T extends ChatInbound> T read(Class<T> type, String frame) {
        return type.cast(ChatReader.read(frame.getBytes(StandardCharsets.UTF_8), null).what());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void messagesOfBothProfilesHaveTheSameShape() {
        ChatInbound.Send readme =
                read(
                        ChatInbound.Send.class,
                        "{\"type\":\"message\",\"payload\":{\"roomId\":\"room-123\",\"content\":\"Hello!\",\"attachments\":[],\"dedupeKey\":\"k1\"}}");
        assertThat(text(IngestText.message(readme, ALICE)))
                .isEqualTo(
                        "{\"roomId\":\"room-123\",\"content\":\"Hello!\",\"senderId\":\"alice\",\"senderType\":\"human\",\"senderName\":\"alice\",\"tempId\":\"k1\",\"attachments\":[],\"dedupeKey\":\"k1\"}");
        ChatInbound.Send flat =
                read(
                        ChatInbound.Send.class,
                        "{\"type\":\"message.send\",\"roomId\":\"room-123\",\"content\":\"hi\",\"tempId\":\"t1\"}");
        assertThat(text(IngestText.message(flat, ALICE)))
                .isEqualTo(
                        "{\"roomId\":\"room-123\",\"content\":\"hi\",\"senderId\":\"alice\",\"senderType\":\"human\",\"senderName\":\"alice\",\"tempId\":\"t1\",\"dedupeKey\":\"t1\"}");
    }

    @Test
    void reactionsCarryTheUser() {
        ChatInbound.React react =
                read(
                        ChatInbound.React.class,
                        "{\"type\":\"message.reaction\",\"roomId\":\"room-1\",\"messageId\":\"m-1\",\"emoji\":\"👍\",\"action\":\"add\"}");
        assertThat(text(IngestText.reaction(react, new ChatSender("bob", null))))
                .isEqualTo(
                        "{\"roomId\":\"room-1\",\"messageId\":\"m-1\",\"userId\":\"bob\",\"emoji\":\"👍\",\"action\":\"add\"}");
    }

    @Test
    void repliesCarryTheSendersOwnName() {
        ChatInbound.Reply reply =
                read(
                        ChatInbound.Reply.class,
                        "{\"type\":\"message.reply\",\"roomId\":\"r\",\"content\":\"c\",\"replyToMessageId\":\"m\",\"tempId\":\"t\",\"attachments\":[{\"url\":\"u\"}],\"senderName\":\"somebody else\"}");
        assertThat(text(IngestText.reply(reply, ALICE)))
                .isEqualTo(
                        "{\"roomId\":\"r\",\"senderId\":\"alice\",\"senderType\":\"human\",\"content\":\"c\",\"replyToMessageId\":\"m\",\"attachments\":[{\"url\":\"u\"}],\"senderName\":\"alice\",\"dedupeKey\":\"t\"}");
    }

    @ParameterizedTest
    @CsvSource({"alice@x.io,alice", "alice,alice", "@x.io,", ","})
    void theNameIsTheFirstPartOfTheAddress(@Nullable String email, @Nullable String name) {
        Map<String, String> claims = email == null ? Map.of() : Map.of("email", email);
        Principal principal = new Principal("id", "user", "jwt", Set.of(), claims, null);
        assertThat(ChatSender.of(principal)).isEqualTo(new ChatSender("id", name));
    }

    @Test
    void recordsGetTheTypeOfTheirTopic() {
        String value = "{\"messageId\":\"m\",\"roomId\":\"R\",\"chunk\":\"x\"}";
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        assertThat(JsonReader.read(bytes))
                .isInstanceOfSatisfying(
                        JsonObject.class,
                        event ->
                                assertThat(
                                                ChatEvents.message(
                                                        "ar:R", ChatTopics.AR_CHUNK, event, bytes))
                                        .extracting(chunk -> text(chunk.body()))
                                        .isEqualTo(
                                                "{\"type\":\"ar-stream-chunk\",\"messageId\":\"m\",\"roomId\":\"R\",\"chunk\":\"x\"}"));
    }
}
