package io.sluice.it.gates;

import static io.sluice.it.gates.Project.BASE;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageOrderTest {
    private final PackageOrder order = new PackageOrder(Project.rules("build/package-order.txt"));

    @Test
    void everyPackageHasAPlaceInTheOrder() {
        assertThat(Project.ROOMS.stream().map(PackageOrderTest::place).distinct())
                .isNotEmpty()
                .allMatch(order::knows, "stands in build/package-order.txt");
    }

    @Test
    void noPackageUsesOneToItsRight() {
        List<String> broken =
                Project.ROOMS.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> use.getTargetClass().getPackageName().startsWith(BASE))
                        .filter(use -> !allowed(use))
                        .map(Dependency::getDescription)
                        .sorted()
                        .toList();

        assertThat(broken).as("uses against build/package-order.txt").isEmpty();
    }

    @Test
    void anOrderRefusesNeighboursAndTheRight() {
        PackageOrder small = new PackageOrder(List.of("a < b c < d", "a: x y", "c: z"));

        assertThat(small.allows("a.y", "a.x")).isTrue();
        assertThat(small.allows("a.x", "a.y")).isFalse();
        assertThat(small.allows("d", "c.z")).isTrue();
        assertThat(small.allows("b", "c.z")).isFalse();
        assertThat(small.allows("a.x", "d")).isFalse();
        assertThat(small.knows("b.new")).isFalse();
    }

    private boolean allowed(Dependency use) {
        return order.allows(place(use.getOriginClass()), place(use.getTargetClass()));
    }

    private static String place(JavaClass type) {
        return type.getPackageName().substring(BASE.length());
    }
}
