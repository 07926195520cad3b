package io.sluice.it.rt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The text of the preset that replaces the original.
final class Preset {
    private Preset() {}

    static String rt() {
        try {
            return Files.readString(Path.of("..", "presets", "rt.yaml"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
