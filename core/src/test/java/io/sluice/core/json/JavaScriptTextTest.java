package io.sluice.core.json;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.sluice.core.json.JsonWriter.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JavaScriptTextTest {

    @ParameterizedTest
    @CsvSource({
        "12345678901234567890, 12345678901234567000",
        "1.0, 1",
        "-0, 0",
        "1e21, 1e+21",
        "1e20, 100000000000000000000",
        "0.000001, 0.000001",
        "0.0000001, 1e-7",
        "4.9e-324, 5e-324",
        "1e400, null",
        "1.50e2, 150",
        "-1.25e-9, -1.25e-9",
    })
    void printsNumbersLikeJavaScript(String read, String printed) {
        assertThat(roundTrip(read)).isEqualTo(printed);
    }

    @Test
    void putsIndexesFirst() {
        assertThat(roundTrip("{\"b\":1,\"10\":2,\"9\":3,\"a\":4,\"01\":5,\"4294967295\":6}"))
                .isEqualTo("{\"9\":3,\"10\":2,\"b\":1,\"a\":4,\"01\":5,\"4294967295\":6}");
    }

    @Test
    void keepsCharactersLiteralAndLoneSurrogatesEscaped() {
        assertThat(roundTrip("\"\\u00e9\\ud83d\\ude00\\uD83D\\u2028\\/\\u001F\""))
                .isEqualTo("\"é😀\\ud83d\u2028/\\u001f\"");
    }

    /// Node itself says what is right.
    @Test
    void agreesWithNode(@TempDir Path folder) throws IOException, InterruptedException {
        Path input = folder.resolve("input");
        Path output = folder.resolve("output");
        List<String> lines = samples();
        Files.write(input, lines);
        if (!node(input, output)) {
            abort("node is not installed");
        }

        List<String> expected = Files.readAllLines(output);
        assertThat(expected).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            JsonValue value = JsonReader.read(lines.get(i));
            String ours = value == null ? "!" : text(value);
            assertThat(ours).as(lines.get(i)).isEqualTo(expected.get(i));
        }
    }

    private static List<String> samples() {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            String line =
                    new String(
                            JsonWriter.bytes(JsonSamples.value(random, 4), Style.AS_READ),
                            StandardCharsets.UTF_8);
            // Every third one is damaged; the texts have no line feeds, they are escaped.
            lines.add(i % 3 > 0 || line.isEmpty() ? line : damaged(line, random));
        }
        return lines;
    }

    private static String damaged(String line, Random random) {
        char[] chars = line.toCharArray();
        int at = random.nextInt(chars.length);
        if (!Character.isSurrogate(chars[at])) {
            chars[at] = "{}[]\",:0e-+ \\ux".charAt(random.nextInt(15));
        }
        return new String(chars);
    }

    private static boolean node(Path input, Path output) throws IOException, InterruptedException {
        String program =
                """
                const fs = require('fs');
                const lines = fs.readFileSync(0, 'utf8').split('\\n').slice(0, -1);
                const one = line => { try { return JSON.stringify(JSON.parse(line)); } catch { return '!'; } };
                fs.writeFileSync(1, lines.map(one).join('\\n') + '\\n');
                """;
        try {
            return new ProcessBuilder("node", "-e", program)
                            .redirectInput(input.toFile())
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private static String roundTrip(String json) {
        return text(requireNonNull(JsonReader.read(json)));
    }

    private static String text(JsonValue value) {
        return new String(JsonWriter.bytes(value, Style.JAVASCRIPT), StandardCharsets.UTF_8);
    }
}
