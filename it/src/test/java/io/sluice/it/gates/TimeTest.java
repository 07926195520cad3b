package io.sluice.it.gates;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeTest {

    @Test
    void timeIsReadInOnePlaceAndNobodySleeps() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sluice.core.time")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because(
                        "a Ticker is passed in, so that every clock can be moved by hand in a test")
                .check(Project.ROOMS);
    }
}
