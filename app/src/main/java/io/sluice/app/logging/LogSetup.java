package io.sluice.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Sets Logback up, found by it as a service. Two settings, as system property or environment variable:
/// `sluice.log.level` (`SLUICE_LOG_LEVEL`), INFO by default, and `sluice.log.format`
/// (`SLUICE_LOG_FORMAT`), `json` by default or `text`. `LOG_LEVEL` counts where the first is not set, as in the
/// gateways this one replaces. A `logback.configurationFile` replaces all of it.
public final class LogSetup extends ContextAwareBase implements Configurator {

    /// Clients that tell each attempt to connect; that a server is gone is told once, by the bus.
    private static final List<String> TALKATIVE = List.of("io.lettuce", "org.apache.kafka");

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Encoder<ILoggingEvent> encoder =
                "text".equals(setting("sluice.log.format")) ? new TextLines() : new JsonLines();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("stdout");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        String wanted = level();
        Level level = Level.toLevel(wanted, Level.INFO);
        root.setLevel(level);
        if (level.isGreaterOrEqual(Level.INFO)) {
            TALKATIVE.forEach(name -> context.getLogger(name).setLevel(Level.ERROR));
        }
        root.addAppender(console);
        if (wanted != null && Level.toLevel(wanted, null) == null) {
            root.atWarn()
                    .addKeyValue("asked", wanted)
                    .log("No such log level, INFO it is; there are debug, info, warn and error");
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static @Nullable String level() {
        String level = setting("sluice.log.level");
        return level == null ? System.getenv("LOG_LEVEL") : level;
    }

    private static @Nullable String setting(String property) {
        String value = System.getProperty(property);
        return value != null
                ? value
                : System.getenv(property.replace('.', '_').toUpperCase(Locale.ROOT));
    }
}
