package io.sluice.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.slf4j.event.KeyValuePair;

/// For eyes: `11:02:33.120 INFO  message  key=value key=value`, local time.
final class TextLines extends Lines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private static final int DELETE = 0x7f;

    @Override
    String line(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(120);
        TIME.formatTo(event.getInstant(), line);
        String level = event.getLevel().toString();
        line.append(' ').append(level).repeat(' ', Math.max(1, 6 - level.length()));
        line.append(event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            line.append(' ');
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=').append(quoted(pair.value));
            }
        }
        if (event.getThrowableProxy() != null) {
            line.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString();
    }

    /// In quotes when it is not one plain word. Control characters are replaced: what comes from outside
    /// must not move the cursor or forge a line.
    private static String quoted(Object value) {
        String text = String.valueOf(value);
        if (!text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c != '"' && c != DELETE)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> quoted.append(Character.isISOControl(c) ? '?' : (char) c));
        return quoted.append('"').toString();
    }
}
