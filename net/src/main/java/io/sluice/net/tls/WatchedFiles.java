package io.sluice.net.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Notices when any of a few small files changed, by content: times and sizes alone miss a quick second write, and
/// links that are switched, as Kubernetes does with secrets. Blocks; one thread at a time.
public final class WatchedFiles {
    private final List<Path> paths;
    private Map<Path, String> seen;

    WatchedFiles(List<String> files) {
        this.paths = files.stream().distinct().map(Path::of).toList();
        this.seen = look();
    }

    /// The files of these settings, as they are now.
    public static WatchedFiles of(ClientTlsConfig config) {
        return new WatchedFiles(
                Stream.of(config.rootCAFile(), config.clientCertFile(), config.clientKeyFile())
                        .filter(Objects::nonNull)
                        .toList());
    }

    /// Whether everything is as it was when this was made, or at the last [#changed].
    public boolean same() {
        return look().equals(seen);
    }

    /// Whether anything changed since the last call.
    boolean changed() {
        Map<Path, String> now = look();
        boolean changed = !now.equals(seen);
        seen = now;
        return changed;
    }

    private Map<Path, String> look() {
        Map<Path, String> marks = new HashMap<>();
        for (Path path : paths) {
            marks.put(path, mark(path));
        }
        return marks;
    }

    private static String mark(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.size() > 1 << 20) {
                return attributes.size() + "@" + attributes.lastModifiedTime();
            }
            return new String(
                    Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException missing) {
            return "";
        }
    }
}
