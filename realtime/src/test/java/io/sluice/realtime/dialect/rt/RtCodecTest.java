package io.sluice.realtime.dialect.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RtCodecTest {
    private final RtCodec codec = new RtCodec(RtConfig.DEFAULT);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "g1 | \"g1\"",
                "## | \"#\"",
                "##all | \"#all\"",
                "#123 | 123",
                "#1.5 | 1.5",
                "#true | true",
                "#{\"a\":1} | {\"a\":1}",
                "é | \"é\"",
            })
    void namesOfGroupsComeBackFromTheirChannels(String local, String json) {
        JsonValue value = Objects.requireNonNull(JsonReader.read(json));
        assertThat(GroupName.of(value).local()).isEqualTo(local);
        assertThat(text(GroupName.ofLocal(local).json())).isEqualTo(json);
    }

    @Property
    void everyStringIsAGroupOfItsOwn(@ForAll String one, @ForAll String other) {
        String local = local(one);
        assertThat(text(GroupName.ofLocal(local).json())).isEqualTo(text(name(one).json()));
        assertThat(local.equals(local(other))).isEqualTo(one.equals(other));
        assertThat(local).isNotEqualTo("#everybody").isNotEqualTo("#watchers");
    }

    private static GroupName name(String text) {
        return GroupName.of(new JsonString(text));
    }

    private static String local(String text) {
        return name(text).local();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "0", "-0", "0.0", "\"\""})
    void knowsWhatJavaScriptTakesForFalse(String json) {
        assertThat(GroupName.truthy(JsonReader.read(json))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "1e400", "\"0\"", "{}", "[]"})
    void andWhatForTrue(String json) {
        assertThat(GroupName.truthy(JsonReader.read(json))).isTrue();
    }

    @Test
    void sendsDashboardsWithoutGroupToWatch() {
        assertThat(watches("{\"clientType\":\"dashboard\"}")).isTrue();
        assertThat(watches("{\"clientType\":\"dashboard\",\"groupId\":\"g\"}")).isFalse();
        assertThat(watches("{\"clientType\":\"app-client\"}")).isFalse();
        assertThat(watches("{\"clientType\":\"x\",\"groupId\":\"g\",\"watch\":true}")).isTrue();
    }

    private boolean watches(String payload) {
        RtInbound said = codec.decode("{\"type\":\"identify\",\"payload\":" + payload + "}");
        assertThat(said).isInstanceOf(RtInbound.Identify.class);
        return ((RtInbound.Identify) said).watch() == RtInbound.Watch.ALL_GROUPS;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"payload\":{\"data\":{\"x\":1.0}}} | {\"x\":1.0}",
                "{\"payload\":{\"text\":1}} | {\"text\":1}",
                "{\"payload\":5} | 5",
                "{\"a\":1} | {\"a\":1}",
            })
    void saysWhatAnUpdateSaysWithoutItsFrame(String update, String data) {
        assertThat(text(RtCodec.neutral(update.getBytes(StandardCharsets.UTF_8)))).isEqualTo(data);
    }

    @Test
    void putsMessagesOfOtherFacesIntoUpdates() {
        byte[] update =
                codec.foreign(
                        "{\"content\":\"hi\"}".getBytes(StandardCharsets.UTF_8),
                        "\"g1\"".getBytes(StandardCharsets.UTF_8),
                        7);
        assertThat(text(update))
                .isEqualTo(
                        "{\"type\":\"data_update\",\"ts\":7,\"payload\":{\"data\":{\"content\":\"hi\"}},\"groupId\":\"g1\"}");
    }

    @Test
    void findsSessionsThatAreDescribed() {
        assertThat(session("{\"sessionId\":\"s\",\"payload\":{\"meta\":{\"label\":\"x\"}}}"))
                .isEqualTo("s");
        assertThat(session("{\"sessionId\":7,\"payload\":{\"meta\":1}}")).isEqualTo("#7");
        assertThat(session("{\"sessionId\":\"\",\"payload\":{\"meta\":1}}")).isNull();
        assertThat(session("{\"sessionId\":\"s\",\"payload\":{\"meta\":0}}")).isNull();
        assertThat(session("{\"sessionId\":\"s\",\"payload\":\"meta\"}")).isNull();
    }

    @Test
    void whatWouldHaveToBeKeptOfAClientIsBounded() {
        String fits = "\"" + "g".repeat(GroupName.LONGEST) + "\"";
        String large = "\"" + "x".repeat(RtCodec.MOST_DETAILS) + "\"";
        assertThat(identify("{\"groupId\":" + fits + "}")).isInstanceOf(RtInbound.Identify.class);
        assertThat(identify("{\"groupId\":[" + fits + "]}"))
                .isEqualTo(new RtInbound.TooLarge("Group name"));
        assertThat(identify("{\"groupId\":\"g\",\"metadata\":" + large + "}"))
                .isEqualTo(new RtInbound.TooLarge("Identify payload"));
        assertThat(identify("{\"clientType\":" + large + "}"))
                .isEqualTo(new RtInbound.TooLarge("Identify payload"));
    }

    private RtInbound identify(String payload) {
        return codec.decode("{\"type\":\"identify\",\"payload\":" + payload + "}");
    }

    private @Nullable String session(String frame) {
        RtCodec.SessionNote note =
                codec.session((JsonObject) Objects.requireNonNull(JsonReader.read(frame)));
        return note == null ? null : note.id();
    }

    @Test
    void makesSomethingOfAnyText() {
        Random random = new Random(5);
        String frame =
                "{\"type\":\"data_update\",\"ts\":null,\"groupId\":null,\"payload\":{\"meta\":[1,{}]}}";
        for (int i = 0; i < 3_000; i++) {
            char[] chars = frame.toCharArray();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                chars[random.nextInt(chars.length)] = (char) random.nextInt(0x3000);
            }
            if (codec.decode(new String(chars)) instanceof RtInbound.DataUpdate(JsonObject read)) {
                assertThat(JsonReader.read(codec.dataUpdate(read, null, 1))).isNotNull();
            }
        }
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
