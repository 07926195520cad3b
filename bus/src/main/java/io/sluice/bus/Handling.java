package io.sluice.bus;

import io.sluice.core.time.Pause;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Takes records through a handler: a few attempts with growing pauses, then aside. Blocks; a virtual thread or a
/// thread of the bus.
public final class Handling {
    private static final Logger LOG = LoggerFactory.getLogger(Handling.class);
    private static final int MOST_ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    /// One set-aside record in so many is told loudly.
    private static final int TELL_EVERY = 1000;

    private final RecordHandler handler;
    private final BusMetrics metrics;

    public Handling(RecordHandler handler, BusMetrics metrics) {
        this.handler = handler;
        this.metrics = metrics;
    }

    /// Returns when the record counts as done: handled, or set aside. The pauses sum up to a second and a half.
    ///
    /// @throws InterruptedException when the follower was closed first; the record is not done
    public void take(LogRecord record) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                handler.handle(record);
                metrics.handled();
                return;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (e instanceof BadRecordException || attempt == MOST_ATTEMPTS) {
                    setAside(record, e);
                    return;
                }
            }
            Pause.of(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private void setAside(LogRecord record, Exception why) {
        long times = metrics.setAside(record.topic());
        LOG.atLevel(times % TELL_EVERY == 1 ? Level.WARN : Level.DEBUG)
                .addKeyValue("topic", record.topic())
                .addKeyValue("id", record.id())
                .addKeyValue("why", why.toString())
                .addKeyValue("times", times)
                .log("A record of the log was set aside");
        try {
            handler.setAside(record, why);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("topic", record.topic())
                    .log("A set-aside record could not be taken either");
        }
    }
}
