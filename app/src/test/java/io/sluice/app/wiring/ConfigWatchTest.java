package io.sluice.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigWatchTest {
    @TempDir Path folder;

    @Test
    void aChangeThatCannotBeLookedAtDoesNotEndTheWatch() throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.yaml"), "1");
        AtomicInteger told = new AtomicInteger();
        try (ConfigWatch _ =
                ConfigWatch.start(
                        file,
                        () -> {
                            told.incrementAndGet();
                            throw new IllegalStateException("cannot be read");
                        })) {
            Files.writeString(file, "22");
            await().until(() -> told.get() == 1);
            Files.writeString(file, "333");
            await().until(() -> told.get() == 2);
        }
        assertThat(told).hasValue(2);
    }
}
