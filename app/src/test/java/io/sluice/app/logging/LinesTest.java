package io.sluice.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LinesTest {

    @Test
    void jsonIsFlatAndKeepsNumbers() {
        assertThat(encode(new JsonLines(), event("ready", "routes", 3, "route", "a\"b")))
                .startsWith("{\"time\":\"2026-01-02T03:04:05.678Z\",\"level\":\"INFO\",")
                .contains("\"message\":\"ready\"", "\"routes\":3", "\"route\":\"a\\\"b\"")
                .endsWith("}\n");
    }

    @Test
    void aKeyNeverReplacesAFieldOfTheLine() {
        assertThat(encode(new JsonLines(), event("ready", "level", "x")))
                .contains("\"level\":\"INFO\"")
                .doesNotContain("\"x\"");
    }

    @Test
    void textCannotBeForgedByAValue() {
        assertThat(encode(new TextLines(), event("ready", "path", "/a\nERROR fire\u001b[2J")))
                .endsWith("INFO  ready  path=\"/a?ERROR fire?[2J\"\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void textLeavesPlainWordsBare() {
        assertThat(encode(new TextLines(), event("ready", "routes", 3, "path", "/a")))
                .endsWith("INFO  ready  routes=3 path=/a\n");
    }

    private static String encode(Lines lines, LoggingEvent event) {
        return new String(lines.encode(event), StandardCharsets.UTF_8);
    }

    private static LoggingEvent event(String message, Object... pairs) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(new LoggerContext());
        event.setLoggerName("io.sluice.Test");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setThreadName("main");
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        for (int i = 0; i < pairs.length; i += 2) {
            event.addKeyValuePair(new KeyValuePair(String.valueOf(pairs[i]), pairs[i + 1]));
        }
        return event;
    }
}
