package io.sluice.app.wiring;

import io.sluice.core.time.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at a file twice a second and tells of a change once the file has stayed the same for half a second. Polled,
/// since mounted configuration is replaced through links that file events do not follow.
final class ConfigWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    static final Duration PERIOD = Duration.ofMillis(500);

    private final Path file;
    private final Runnable changed;
    private final Thread thread;

    /// What changes when a file is written or replaced.
    private record Stamp(long modified, long size, @Nullable Object key) {
        static final Stamp MISSING = new Stamp(0, -1, null);

        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        found.lastModifiedTime().toMillis(), found.size(), found.fileKey());
            } catch (IOException unreadable) {
                return MISSING;
            }
        }
    }

    private ConfigWatch(Path file, Runnable changed) {
        this.file = file;
        this.changed = changed;
        Stamp first = Stamp.of(file);
        this.thread = Thread.ofVirtual().name("config-watch").unstarted(() -> watch(first));
    }

    /// @param changed runs on the watching thread
    static ConfigWatch start(Path file, Runnable changed) {
        ConfigWatch watch = new ConfigWatch(file, changed);
        watch.thread.start();
        return watch;
    }

    private void watch(Stamp first) {
        Stamp told = first;
        Stamp last = first;
        try {
            while (true) {
                Pause.of(PERIOD);
                Stamp now = Stamp.of(file);
                if (now.equals(last) && !now.equals(told)) {
                    told = now;
                    tell();
                }
                last = now;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong with one change, the next one is seen.
    private void tell() {
        try {
            changed.run();
        } catch (RuntimeException failed) {
            LOG.atError()
                    .addKeyValue("file", file)
                    .setCause(failed)
                    .log("A changed configuration could not be looked at");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
