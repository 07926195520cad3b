package io.sluice.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One YAML text.
///
/// @param name as it appears in complaints
/// @param text the YAML, empty when there is a problem
/// @param directory where `${file:…}` starts from
/// @param problem why it could not be read, or null
public record ConfigSource(String name, String text, Path directory, @Nullable String problem) {
    private static final int MAX_BYTES = YamlReader.MAX_LENGTH;

    /// A text that stands in no file; `${file:…}` starts from the working directory.
    public static ConfigSource text(String name, String text) {
        return new ConfigSource(name, text, Path.of(""), null);
    }

    /// Reads a file of at most 4 MiB in UTF-8. A file that cannot be read becomes a complaint when loaded.
    public static ConfigSource file(Path file) {
        Path parent = file.getParent();
        Path directory = parent == null ? Path.of("") : parent;
        Outcome outcome = read(file, MAX_BYTES);
        return new ConfigSource(file.toString(), outcome.text, directory, outcome.problem);
    }

    /// The same for a name as typed by the user.
    public static ConfigSource file(String name) {
        try {
            return file(Path.of(name));
        } catch (InvalidPathException e) {
            return new ConfigSource(name, "", Path.of(""), "is no file name: " + e.getReason());
        }
    }

    /// What a file held, or why it could not be read.
    record Outcome(String text, @Nullable String problem) {}

    static Outcome read(Path file, int maxBytes) {
        try {
            if (Files.isDirectory(file)) {
                return new Outcome("", "is a directory");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return new Outcome("", "is no regular file");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(maxBytes + 1);
            }
            if (bytes.length > maxBytes) {
                return new Outcome("", "is larger than " + maxBytes + " bytes");
            }
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Outcome(text, null);
        } catch (NoSuchFileException e) {
            return new Outcome("", "does not exist");
        } catch (CharacterCodingException e) {
            return new Outcome("", "is not UTF-8 text");
        } catch (IOException e) {
            return new Outcome("", "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
