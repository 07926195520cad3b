package io.sluice.edge.filter.access;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// A file that is appended to by its name: when somebody moves it away, what is written next goes to a new one of that
/// name. Looks before every write, which come a full buffer at a time. One thread.
final class LogFile extends OutputStream {
    private final Path path;
    private OutputStream out;
    private @Nullable Object key;

    /// @throws IOException when it cannot be opened for appending
    LogFile(Path path) throws IOException {
        this.path = path;
        this.out = append(path);
        this.key = key(path);
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (moved()) {
            OutputStream fresh = append(path);
            out.close();
            out = fresh;
            key = key(path);
        }
        out.write(bytes, offset, length);
    }

    /// Where the file system has no keys, only a file that is gone counts.
    private boolean moved() throws IOException {
        try {
            Object now = key(path);
            return now != null && !now.equals(key);
        } catch (NoSuchFileException gone) {
            return true;
        }
    }

    private static OutputStream append(Path path) throws IOException {
        return Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
