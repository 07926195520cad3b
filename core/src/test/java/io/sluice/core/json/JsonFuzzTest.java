package io.sluice.core.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.core.json.JsonWriter.Style;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Any bytes: a value or null, never an exception, and a value survives writing and reading.
final class JsonFuzzTest {

    @FuzzTest
    void readsAnything(byte[] bytes) {
        read(bytes);
    }

    @Test
    void readsDamagedDocuments() {
        Random random = new Random(3);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = JsonWriter.bytes(JsonSamples.value(random, 5), Style.AS_READ);
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            read(bytes);
        }
    }

    private static void read(byte[] bytes) {
        JsonValue value = JsonReader.read(bytes);
        if (value != null) {
            assertThat(JsonReader.read(JsonWriter.bytes(value, Style.AS_READ))).isEqualTo(value);
            assertThat(JsonReader.read(JsonWriter.bytes(value, Style.JAVASCRIPT))).isNotNull();
        }
        JsonReader.read(new String(bytes, StandardCharsets.UTF_8));
    }
}
