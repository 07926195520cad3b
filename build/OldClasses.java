import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Class files older than Java 6 say nothing of types at branches. The JVM works those out anew at each start and leaves
/// such classes out of the AOT cache; the 228 of picocli cost a start 0.1 s. This writes them again as Java 8 has them,
/// with the same code.
final class OldClasses {
    private static final int FIRST_WITH_STACK_MAPS = 50;
    private static final int VERSION_AT = 6;

    private OldClasses() {}

    /// Renews the jars of a folder that hold such classes.
    static void renew(Path folder) throws IOException {
        for (Path jar : list(folder, ".jar")) {
            renewJar(jar);
        }
    }

    private static void renewJar(Path jar) throws IOException {
        if (!holdsOld(jar)) {
            return;
        }
        Path copy = jar.resolveSibling(jar.getFileName() + ".new");
        Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                FileSystem files = FileSystems.newFileSystem(copy)) {
            ClassFile form =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(classes)
                                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (Path file : list(files.getPath("/"), ".class")) {
                byte[] bytes = Files.readAllBytes(file);
                if (isOld(bytes)) {
                    Files.write(file, renewed(form, bytes));
                }
            }
        }
        Files.move(copy, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean holdsOld(Path jar) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            for (Path file : list(files.getPath("/"), ".class")) {
                if (isOld(Files.readAllBytes(file))) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isOld(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getShort(VERSION_AT) < FIRST_WITH_STACK_MAPS;
    }

    private static byte[] renewed(ClassFile form, byte[] bytes) {
        ClassTransform version =
                (builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    } else {
                        builder.with(element);
                    }
                };
        return form.transformClass(
                form.parse(bytes),
                version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }

    private static List<Path> list(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }
}
