package io.sluice.it.gates;

import static io.sluice.it.gates.Project.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryRoomsTest {

    /// One line of `build/library-rooms.txt`.
    private record Room(String library, List<String> ours) {
        static Room of(String line) {
            List<String> words = List.of(line.split(" +", -1));
            return new Room(words.getFirst(), words.subList(1, words.size()));
        }

        boolean covers(String target) {
            return within(target, library);
        }

        boolean open(String origin) {
            return ours.stream().anyMatch(ours -> ours.equals("*") || within(origin, BASE + ours));
        }
    }

    private final List<Room> rooms =
            Project.rules("build/library-rooms.txt").stream()
                    .map(Room::of)
                    .sorted(Comparator.comparingInt(room -> -room.library().length()))
                    .toList();

    @Test
    void noLibraryIsUsedOutsideItsRoom() {
        List<String> broken =
                Project.ROOMS.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> !ownOrPlatform(use.getTargetClass().getPackageName()))
                        .filter(use -> !allowed(use))
                        .map(Dependency::getDescription)
                        .sorted()
                        .toList();

        assertThat(broken).as("uses against build/library-rooms.txt").isEmpty();
    }

    private boolean allowed(Dependency use) {
        String target = use.getTargetClass().getPackageName();
        return rooms.stream()
                .filter(room -> room.covers(target))
                .findFirst()
                .map(room -> room.open(use.getOriginClass().getPackageName()))
                .orElse(false);
    }

    /// Ours, the JDK's, and primitive types, which have no package.
    private static boolean ownOrPlatform(String name) {
        return name.isEmpty()
                || Stream.of("io.sluice", "java", "javax", "jdk", "com.sun.net.httpserver")
                        .anyMatch(start -> within(name, start));
    }

    private static boolean within(String name, String start) {
        return name.equals(start) || name.startsWith(start + ".");
    }
}
