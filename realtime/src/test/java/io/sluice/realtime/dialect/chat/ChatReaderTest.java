package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bus.Position;
import io.sluice.core.json.JsonArray;
import io.sluice.realtime.dialect.chat.ChatInbound.Join;
import io.sluice.realtime.dialect.chat.ChatInbound.Leave;
import io.sluice.realtime.dialect.chat.ChatInbound.Ping;
import io.sluice.realtime.dialect.chat.ChatInbound.Presence;
import io.sluice.realtime.dialect.chat.ChatInbound.React;
import io.sluice.realtime.dialect.chat.ChatInbound.Refresh;
import io.sluice.realtime.dialect.chat.ChatInbound.Reply;
import io.sluice.realtime.dialect.chat.ChatInbound.Send;
import io.sluice.realtime.dialect.chat.ChatInbound.Wrong;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatReaderTest {
    private static final JsonArray NONE = new JsonArray(List.of());

    private static ChatReader.Frame read(String text, @Nullable ChatProfile profile) {
        return ChatReader.read(text.getBytes(StandardCharsets.UTF_8), profile);
    }

    private static ChatInbound what(String text) {
        return read(text, null).what();
    }

    @Test
    void readsTheFramesOfTheReadme() {
        assertThat(what("{\"type\":\"join\",\"payload\":{\"roomId\":\"room-123\"}}"))
                .isEqualTo(new Join("room-123", false, null));
        assertThat(what("{\"type\":\"leave\",\"payload\":{\"roomId\":\"room-123\"}}"))
                .isEqualTo(new Leave("room-123"));
        assertThat(
                        what(
                                """
                                {"type":"message","payload":{"roomId":"r","content":"Hello!","attachments":[],
                                "dedupeKey":"k"}}\
                                """))
                .isEqualTo(new Send("r", "Hello!", NONE, "k", null));
        assertThat(
                        what(
                                "{\"type\":\"presence\",\"payload\":{\"roomId\":\"r\",\"status\":\"typing\"}}"))
                .isEqualTo(new Presence("r", "typing"));
    }

    @Test
    void halfACharacterIsNoRoom() {
        assertThat(what("{\"type\":\"join\",\"roomId\":\"a\\ud83d\"}"))
                .isEqualTo(new Wrong(ChatError.INVALID_ROOM));
        assertThat(what("{\"type\":\"join\",\"roomId\":\"a\\ud83d\\udc4d\"}"))
                .isEqualTo(new Join("a👍", false, null));
    }

    @Test
    void readsTheFramesOfTheFlatProfile() {
        assertThat(what("{\"type\":\"join\",\"roomId\":\" room-1 \"}"))
                .isEqualTo(new Join("room-1", false, null));
        assertThat(what("{\"type\":\"join\",\"roomId\":\"room-1\",\"isARRoom\":true}"))
                .isEqualTo(new Join("room-1", true, null));
        assertThat(
                        what(
                                """
                                {"type":"message.send","roomId":"room-123","content":"hi","tempId":"t1",
                                "replyToMessageId":"m"}\
                                """))
                .isEqualTo(new Send("room-123", "hi", null, "t1", "m"));
        assertThat(
                        what(
                                """
                                {"type":"message.reaction","roomId":"room-1","messageId":"m-1","emoji":"👍",
                                "action":"add"}\
                                """))
                .isEqualTo(new React("room-1", "m-1", "👍", React.Action.ADD));
        assertThat(
                        what(
                                """
                                {"type":"message.reply","roomId":"r","content":"c","replyToMessageId":"m",
                                "tempId":"t","senderName":"somebody else"}\
                                """))
                .isEqualTo(new Reply("r", "c", "m", null, "t"));
        assertThat(what("{\"type\":\"ping\"}")).isEqualTo(new Ping());
        assertThat(what("{\"type\":\"refresh\",\"token\":\"a.b.c\"}"))
                .isEqualTo(new Refresh("a.b.c"));
    }

    @Test
    void theFirstFrameThatTellsChoosesTheProfile() {
        assertThat(read("{\"type\":\"join\",\"payload\":{}}", null).profile())
                .isEqualTo(ChatProfile.README);
        assertThat(read("{\"type\":\"join\",\"roomId\":\"r\"}", null).profile())
                .isEqualTo(ChatProfile.FLAT);
        assertThat(read("{\"type\":\"join\",\"payload\":[]}", null).profile())
                .isEqualTo(ChatProfile.FLAT);
        assertThat(read("{\"type\":\"join\"}", null).telling()).isTrue();
        assertThat(read("{\"type\":\"ping\"}", null).telling()).isFalse();
        assertThat(read("{bad", null).telling()).isFalse();
        assertThat(read("[]", null).telling()).isFalse();
    }

    @Test
    void aKnownProfileIsNotLeft() {
        String readme = "{\"type\":\"join\",\"payload\":{\"roomId\":\"r\"}}";
        String flat = "{\"type\":\"join\",\"roomId\":\"r\"}";

        assertThat(read(readme, ChatProfile.FLAT).what())
                .isEqualTo(new Wrong(ChatError.INVALID_ROOM));
        assertThat(read(flat, ChatProfile.README).what())
                .isEqualTo(new Wrong(ChatError.INVALID_ROOM));
        assertThat(read(flat, ChatProfile.FLAT).what()).isEqualTo(new Join("r", false, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{bad", "", "{\"type\":\"ping\"} x", "nul"})
    void whatIsNoJsonIsSaidSo(String text) {
        assertThat(what(text)).isEqualTo(new Wrong(ChatError.BAD_JSON, "Unable to parse message"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"join\"", "{}", "{\"type\":7}", "{\"type\":null}"})
    void whatHasNoTypeIsUnknown(String text) {
        assertThat(what(text))
                .isEqualTo(new Wrong(ChatError.UNKNOWN_TYPE, "Unsupported type: unknown"));
    }

    @Test
    void anUnknownTypeIsNamed() {
        assertThat(what("{\"type\":\"zzz\"}"))
                .isEqualTo(new Wrong(ChatError.UNKNOWN_TYPE, "Unsupported type: zzz"));
        assertThat(what("{\"type\":\"" + "z".repeat(60_000) + "\"}"))
                .isInstanceOfSatisfying(
                        Wrong.class, wrong -> assertThat(wrong.message()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"join\"}",
                "{\"type\":\"join\",\"roomId\":7}",
                "{\"type\":\"join\",\"roomId\":\"\"}",
                "{\"type\":\"join\",\"roomId\":\" \\t\\u00a0\\ufeff\\n\"}",
                "{\"type\":\"join\",\"payload\":{}}",
                "{\"type\":\"message.send\",\"roomId\":\" \",\"content\":\"x\"}",
                "{\"type\":\"leave\",\"payload\":{\"roomId\":null}}"
            })
    void aBlankRoomIsInvalid(String text) {
        assertThat(what(text)).isEqualTo(new Wrong(ChatError.INVALID_ROOM, "Invalid roomId"));
    }

    @Test
    void namesHaveALimit() {
        String longest = "r".repeat(ChatReader.LONGEST_ID);
        assertThat(what("{\"type\":\"join\",\"roomId\":\"" + longest + "\"}"))
                .isEqualTo(new Join(longest, false, null));
        assertThat(what("{\"type\":\"join\",\"roomId\":\"" + longest + "r\"}"))
                .isEqualTo(new Wrong(ChatError.INVALID_ROOM));
        assertThat(
                        what(
                                "{\"type\":\"message.send\",\"roomId\":\"r\",\"content\":\"c\",\"tempId\":\""
                                        + longest
                                        + "r\"}"))
                .isEqualTo(new Wrong(ChatError.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"message\",\"roomId\":\"r\"}",
                "{\"type\":\"message\",\"roomId\":\"r\",\"content\":7}",
                "{\"type\":\"message.reaction\",\"roomId\":\"r\",\"messageId\":\"m\"}",
                "{\"type\":\"message.reaction\",\"roomId\":\"r\",\"messageId\":\"m\",\"emoji\":\"x\",\"action\":\"z\"}",
                "{\"type\":\"message.reply\",\"roomId\":\"r\",\"content\":\"c\"}"
            })
    void halfAMessageIsInvalid(String text) {
        assertThat(what(text)).isEqualTo(new Wrong(ChatError.INVALID_MESSAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "", " ", "online typing", "ONLINE"})
    void onlyTheFourStatusesAreKnown(String status) {
        assertThat(what("{\"type\":\"presence\",\"roomId\":\"r\",\"status\":\"" + status + "\"}"))
                .isEqualTo(new Wrong(ChatError.INVALID_STATUS));
    }

    @Test
    void sinceNamesAPlaceOrNowhere() {
        assertThat(since("{\"offset\":5,\"epoch\":\"E\"}")).isEqualTo(new Position("E", 5));
        for (String bad :
                List.of("{}", "7", "null", "{\"offset\":-1,\"epoch\":\"E\"}", "{\"offset\":1}")) {
            assertThat(since(bad)).isEqualTo(new Position("", 0));
        }
        assertThat(since("{\"offset\":1e400,\"epoch\":\"E\"}")).isEqualTo(new Position("", 0));
    }

    private static @Nullable Position since(String since) {
        ChatInbound what =
                what("{\"type\":\"join\",\"payload\":{\"roomId\":\"r\",\"since\":" + since + "}}");
        return ((Join) what).since();
    }

    @Test
    void theTokenIsNotShown() {
        assertThat(what("{\"type\":\"refresh\",\"token\":\"SECRET\"}").toString())
                .doesNotContain("SECRET");
    }
}
