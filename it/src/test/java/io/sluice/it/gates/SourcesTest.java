package io.sluice.it.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final int MOST_LINES = 299;
    private static final int MOST_LINES_OF_TESTS = 399;
    private static final Set<String> EMPTY_WORDS =
            Set.of("util", "utils", "common", "impl", "helper", "helpers", "misc");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public .*\\b(class|interface|record|enum|@interface) \\w+.*");

    private final List<Path> main = Project.sources("main");

    @Test
    void everyPackageIsNullMarkedAndSaysInProseWhatItIs() {
        List<Path> silent =
                main.stream()
                        .map(file -> file.resolveSibling("package-info.java"))
                        .distinct()
                        .filter(info -> !saysWhatItIs(info))
                        .toList();

        assertThat(silent).as("need @NullMarked and 3 to 15 lines of ///").isEmpty();
    }

    @Test
    void everyPublicTypeHasADocComment() {
        assertThat(main.stream().filter(file -> !documented(Project.lines(file)))).isEmpty();
    }

    @Test
    void noFileHasThreeHundredLines() {
        Set<String> waiting = Set.copyOf(Project.rules("build/long-files.txt"));

        assertThat(longFiles("main", MOST_LINES)).isSubsetOf(waiting);
        assertThat(longFiles("test", MOST_LINES_OF_TESTS)).isEmpty();
    }

    @Test
    void noShortFileIsStillListedAsLong() {
        assertThat(Project.rules("build/long-files.txt")).isSubsetOf(longFiles("main", MOST_LINES));
    }

    @Test
    void noPackageHasANameThatSaysNothing() {
        assertThat(
                        main.stream()
                                .map(Path::getParent)
                                .distinct()
                                .filter(folder ->
                                        EMPTY_WORDS.contains(folder.getFileName().toString())))
                .isEmpty();
    }

    private static List<String> longFiles(String tree, int most) {
        return Project.sources(tree).stream()
                .filter(file -> Project.lines(file).size() > most)
                .map(file -> Project.root().relativize(file).toString())
                .toList();
    }

    private static boolean saysWhatItIs(Path info) {
        if (!Files.exists(info)) {
            return false;
        }
        List<String> lines = Project.lines(info);
        long prose = lines.stream().filter(line -> line.startsWith("/// ")).count();
        return lines.contains("@NullMarked") && prose >= 3 && prose <= 15;
    }

    /// True unless a public type at the outermost level lacks a `///` above it and its annotations.
    private static boolean documented(List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(line -> PUBLIC_TYPE.matcher(lines.get(line)).matches())
                .allMatch(line -> commentAbove(lines, line));
    }

    private static boolean commentAbove(List<String> lines, int type) {
        int line = type - 1;
        while (line > 0 && !lines.get(line).isBlank() && !lines.get(line).startsWith("///")) {
            line--;
        }
        return line >= 0 && lines.get(line).startsWith("///");
    }
}
