package io.sluice.it.gates;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Types are what stands in backquotes and looks like one: a capital, then at least one small letter.
class LifePagesTest {
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");

    private final Set<String> types =
            Project.ROOMS.stream().map(type -> type.getSimpleName()).collect(Collectors.toSet());

    @ParameterizedTest
    @ValueSource(strings = {"life-of-a-request.md", "life-of-a-message.md"})
    void everyTypeNamedOnThePageExists(String page) {
        Path file = Project.root().resolve("docs").resolve(page);

        List<String> gone =
                Project.lines(file).stream()
                        .flatMap(line -> TYPE.matcher(line).results().map(LifePagesTest::name))
                        .filter(name -> !types.contains(name))
                        .distinct()
                        .toList();

        assertThat(gone).as("types named in %s that are gone", page).isEmpty();
    }

    private static String name(MatchResult match) {
        return match.group(1);
    }
}
