package io.sluice.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/// An encoder of one line per event, UTF-8, with neither header nor footer.
abstract sealed class Lines extends EncoderBase<ILoggingEvent> permits JsonLines, TextLines {
    private static final byte[] NOTHING = {};

    /// The line without its end.
    abstract String line(ILoggingEvent event);

    @Override
    public final byte[] encode(ILoggingEvent event) {
        return (line(event) + '\n').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public final byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public final byte[] footerBytes() {
        return NOTHING;
    }
}
