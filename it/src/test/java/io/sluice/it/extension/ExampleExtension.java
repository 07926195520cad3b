package io.sluice.it.extension;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// The extension in `examples/extension`, compiled as a newcomer would.
public final class ExampleExtension {
    /// Its configuration, which needs it on the class path.
    public static final Path CONFIGURATION = Path.of("extension", "gateway.yaml");

    private static final Path FOLDER = Path.of("..", "examples", "extension");

    private ExampleExtension() {}

    public static String configuration() throws IOException {
        return Files.readString(FOLDER.resolve("gateway.yaml"));
    }

    /// A class loader with the extension behind the classes of the gateway.
    ///
    /// @param classes an empty folder
    public static URLClassLoader loader(Path classes) throws IOException {
        compile(classes);
        return new URLClassLoader(
                new URL[] {url(classes), url(FOLDER.resolve("src"))},
                ExampleExtension.class.getClassLoader());
    }

    private static void compile(Path classes) throws IOException {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.list(FOLDER.resolve("src/example"))) {
            boolean compiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-d", classes.toString(), "-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources.toList()))
                            .call();
            if (!compiled) {
                throw new AssertionError("the example extension does not compile");
            }
        }
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }
}
