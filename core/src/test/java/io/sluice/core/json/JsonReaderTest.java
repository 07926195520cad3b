package io.sluice.core.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.JsonWriter.Style;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {

    @Test
    void readsEveryKindOfValueInOrder() {
        JsonObject value = object("{\"b\":[1,-2.50e3,\"x\",true,false,null,{}],\"a\":\"\\u00e9\"}");

        assertThat(value)
                .isEqualTo(
                        JsonObject.of(
                                Map.of(
                                        "b",
                                        new JsonArray(
                                                List.of(
                                                        new JsonNumber("1"),
                                                        new JsonNumber("-2.50e3"),
                                                        new JsonString("x"),
                                                        JsonBoolean.TRUE,
                                                        JsonBoolean.FALSE,
                                                        JsonNull.NULL,
                                                        JsonObject.EMPTY)),
                                        "a",
                                        new JsonString("é"))));
        assertThat(value.fields().firstEntry().getKey()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{bad",
                "{",
                "[",
                "[1,]",
                "{\"a\":1,}",
                "{'a':1}",
                "{a:1}",
                "nul",
                "NaN",
                "Infinity",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "--1",
                "\"a",
                "\"\t\"",
                "\"\\x41\"",
                "\"\\ud\"",
                "[1 2]",
                "{\"a\" 1}",
                "{\"a\":}",
                "{} {}",
                "1 2",
                "//c\n1",
                "/**/1",
                "\uFEFF{}",
                "\u00a01",
                "[\u000b1]",
                "1a",
                "[1a]",
                "truefalse",
                "]",
                "}",
                ","
            })
    void refusesWhatIsNotOneValue(String text) {
        assertThat(JsonReader.read(text)).isNull();
        assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "1E+2", " \t\r\n1 ", "\"\u007f\u2028\"", "[[]]", "\"\""})
    void takesWhatIs(String text) {
        assertThat(JsonReader.read(text)).isNotNull();
        assertThat(JsonReader.read(text.getBytes(StandardCharsets.UTF_8))).isNotNull();
    }

    @Test
    void refusesBytesThatAreNoUtf8AndOtherEncodings() {
        assertThat(JsonReader.read(new byte[] {'"', (byte) 0xC3, '"'})).isNull();
        assertThat(JsonReader.read(new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}))
                .isNull();
        assertThat(JsonReader.read("{}".getBytes(StandardCharsets.UTF_16BE))).isNull();
        assertThat(JsonReader.read("{}".getBytes(StandardCharsets.UTF_16LE))).isNull();
    }

    @Test
    void countsLevels() {
        assertThat(JsonReader.read("[".repeat(64) + "]".repeat(64))).isNotNull();
        assertThat(JsonReader.read("[".repeat(65) + "]".repeat(65))).isNull();
        assertThat(JsonReader.read("[".repeat(100_000))).isNull();
        assertThat(JsonReader.read("{\"a\":".repeat(100_000))).isNull();
    }

    @Test
    void keepsLongStringsAndNumbersWhole() {
        String digits = "9".repeat(5_000);
        assertThat(JsonReader.read(digits)).isEqualTo(new JsonNumber(digits));
        String text = "x".repeat(1 << 20);
        assertThat(JsonReader.read('"' + text + '"')).isEqualTo(new JsonString(text));
        String name = "n".repeat(100_000);
        assertThat(JsonReader.read("{\"" + name + "\":1}"))
                .isEqualTo(JsonObject.of(Map.of(name, new JsonNumber("1"))));
    }

    @Test
    void givesADoubledNameItsFirstPlaceAndItsLastValue() {
        assertThat(text(object("{\"a\":1,\"b\":2,\"a\":3}"), Style.AS_READ))
                .isEqualTo("{\"a\":3,\"b\":2}");
    }

    @Test
    void findsFieldsByNameAndKind() {
        JsonObject object = object("{\"s\":\"x\",\"o\":{\"k\":1},\"n\":null}");
        assertThat(object.text("s")).isEqualTo("x");
        assertThat(object.text("o")).isNull();
        assertThat(object.object("o")).isNotNull();
        assertThat(object.object("s")).isNull();
        assertThat(object.get("n")).isEqualTo(JsonNull.NULL);
        assertThat(object.get("absent")).isNull();
        assertThat(text(object.with("s", JsonNumber.of(2)).with("z", JsonNull.NULL), Style.AS_READ))
                .isEqualTo("{\"s\":2,\"o\":{\"k\":1},\"n\":null,\"z\":null}");
    }

    @Test
    void tellsWholeNumbersFromOthers() {
        assertThat(new JsonNumber("12").longOr(-1)).isEqualTo(12);
        assertThat(new JsonNumber("1.5e1").longOr(-1)).isEqualTo(15);
        assertThat(new JsonNumber("1.5").longOr(-1)).isEqualTo(-1);
        assertThat(new JsonNumber("1e300").longOr(-1)).isEqualTo(-1);
    }

    private static JsonObject object(String text) {
        return (JsonObject) requireNonNull(JsonReader.read(text));
    }

    private static String text(JsonValue value, Style style) {
        return new String(JsonWriter.bytes(value, style), StandardCharsets.UTF_8);
    }
}
