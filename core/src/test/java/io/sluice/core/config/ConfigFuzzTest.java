package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever stands in a file, in `--set` or in the environment: a value or complaints, never an exception.
class ConfigFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void anyBytes(FuzzedDataProvider data) {
        String setting = data.consumeString(100);
        String variable = data.consumeString(50);
        load(data.consumeRemainingAsString(), setting, variable);
    }

    @Property(tries = 500)
    void anyText(@ForAll String yaml, @ForAll String setting, @ForAll String variable) {
        load(yaml, setting, variable);
    }

    @Property(tries = 1000)
    void nearlyAConfiguration(
            @ForAll("pieces") List<String> pieces, @ForAll("words") String setting) {
        load("gateway:\n" + String.join("", pieces), setting + "=" + setting, setting);
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return words().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.of(
                " ",
                "  ",
                "\n",
                "\n  ",
                "\n    ",
                "- ",
                ": ",
                "{",
                "}",
                "[",
                "]",
                ",",
                "&a ",
                "*a ",
                "<<",
                "!!str ",
                "? ",
                "| ",
                "'",
                "\"",
                "#",
                "server",
                "rules",
                "clients",
                "enabled",
                "true",
                "port",
                "path",
                "/a",
                "rateLimit",
                "1",
                "-1",
                "${A}",
                "${A:-b}",
                "${",
                "}",
                "null",
                "~",
                "rules[0].path",
                "server.port",
                "redis",
                "templates",
                "id",
                "\t",
                "---\n",
                "\u0000",
                "é");
    }

    private static void load(String yaml, String setting, String variable) {
        Map<String, String> environment =
                Map.of("GATEWAY_" + variable, "x", "GATEWAY_SERVER_PORT", "1");
        Loaded<Sample> loaded =
                Sample.load(
                        new ConfigInput(
                                List.of(ConfigSource.text("f.yaml", yaml)),
                                List.of(setting),
                                environment));
        assertThat(loaded.value() != null).isEqualTo(!loaded.hasErrors());
    }
}
