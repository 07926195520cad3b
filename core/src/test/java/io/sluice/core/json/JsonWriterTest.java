package io.sluice.core.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.JsonWriter.Style;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class JsonWriterTest {

    @Test
    void putsCommasWhereTheyBelong() {
        JsonWriter out = new JsonWriter();
        out.openObject()
                .name("a")
                .value("x")
                .name("b")
                .openArray()
                .value(1)
                .value(true)
                .nothing()
                .openObject()
                .closeObject()
                .openArray()
                .closeArray()
                .closeArray()
                .name("c")
                .raw("{\"r\":[]}".getBytes(StandardCharsets.UTF_8))
                .name("d")
                .value(-5)
                .closeObject();

        assertThat(new String(out.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":\"x\",\"b\":[1,true,null,{},[]],\"c\":{\"r\":[]},\"d\":-5}");
    }

    @Test
    void writesStringsThatEndLikeAnOpening() {
        byte[] json = new JsonWriter().openArray().value("{").value("[").value(":").toBytes();
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("[\"{\",\"[\",\":\"");
    }

    @Test
    void startsAnewAfterReset() {
        JsonWriter out = new JsonWriter();
        out.value("x".repeat(100_000));
        out.reset();
        assertThat(out.value(7).toBytes()).asString().isEqualTo("7");
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll("values") JsonValue value) {
        byte[] json = JsonWriter.bytes(value, Style.AS_READ);
        assertThat(JsonReader.read(json)).isEqualTo(value);
    }

    @Property
    void aJavaScriptRoundTripIsStable(@ForAll("values") JsonValue value) {
        byte[] once = JsonWriter.bytes(value, Style.JAVASCRIPT);
        JsonValue read = requireNonNull(JsonReader.read(once));
        assertThat(JsonWriter.bytes(read, Style.JAVASCRIPT)).isEqualTo(once);
    }

    @Provide
    Arbitrary<JsonValue> values() {
        return JsonSamples.values();
    }

    @Property
    void doublesComeBackThroughTheirText(@ForAll double value) {
        String text = JavaScriptText.number(value);
        if (Double.isFinite(value)) {
            assertThat(Double.parseDouble(text)).isEqualTo(value + 0.0);
        } else {
            assertThat(text).isEqualTo("null");
        }
    }

    @Property
    void decimalsKeepTheirDigits(@ForAll("decimals") String text) {
        assertThat(JavaScriptText.number(Double.parseDouble(text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> decimals() {
        return Arbitraries.integers().between(1, 999_999).map(n -> "3." + n + "1");
    }
}
