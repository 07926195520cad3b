package io.sluice.app.wiring;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was started, in order; stopped in the opposite one. One thread at a time.
final class Started implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Started.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /// Stops everything, also when stopping a part fails. Once; later calls do nothing.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            stop(parts.pop());
        }
    }

    private static void stop(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } catch (Exception failed) {
            LOG.atWarn()
                    .setCause(failed)
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .log("Stopping a part failed");
        }
    }
}
