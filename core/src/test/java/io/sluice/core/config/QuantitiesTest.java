package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    @Test
    void durationsAddUpTheirParts() {
        assertThat(Quantities.duration("1h30m", ChronoUnit.SECONDS))
                .isEqualTo(Duration.ofMinutes(90));
        assertThat(Quantities.duration("1.5s", ChronoUnit.SECONDS))
                .isEqualTo(Duration.ofMillis(1500));
        assertThat(Quantities.duration("250ms", ChronoUnit.SECONDS))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(Quantities.duration("0", ChronoUnit.SECONDS)).isEqualTo(Duration.ZERO);
        assertThat(Quantities.duration("5", ChronoUnit.MILLIS)).isEqualTo(Duration.ofMillis(5));
        assertThat(Quantities.duration("0.5", ChronoUnit.SECONDS))
                .isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whatIsNoDurationIsNone() {
        for (String text :
                new String[] {
                    "", "s", "-1", "-1s", "1x", "1s2", "1 s", "1..5s", ".", "99999999999d"
                }) {
            assertThat(Quantities.duration(text, ChronoUnit.SECONDS)).as(text).isNull();
        }
    }

    @Test
    void sizesKnowBinaryAndDecimalUnits() {
        assertThat(Quantities.bytes("10MiB")).isEqualTo(10L << 20);
        assertThat(Quantities.bytes("1.5 KiB")).isEqualTo(1536);
        assertThat(Quantities.bytes("1GB")).isEqualTo(1_000_000_000);
        assertThat(Quantities.bytes("17")).isEqualTo(17);
        assertThat(Quantities.bytes("10M")).isNull();
        assertThat(Quantities.bytes("-1")).isNull();
        assertThat(Quantities.bytes("0.5")).isNull();
        assertThat(Quantities.bytes("99999999999GiB")).isNull();
    }

    @Test
    void numbersAreReadStrictly() {
        assertThat(Quantities.whole("1_000")).isEqualTo(1000);
        assertThat(Quantities.whole("0x10")).isEqualTo(16);
        assertThat(Quantities.whole("-5")).isEqualTo(-5);
        assertThat(Quantities.whole("1.0")).isNull();
        assertThat(Quantities.whole("99999999999999999999")).isNull();
        assertThat(Quantities.decimal("1e3")).isEqualTo(1000.0);
        assertThat(Quantities.decimal("-0.5")).isEqualTo(-0.5);
        assertThat(Quantities.decimal("NaN")).isNull();
        assertThat(Quantities.decimal("1d")).isNull();
        assertThat(Quantities.decimal("")).isNull();
    }

    @Property
    void noTextThrows(@ForAll String text) {
        Quantities.whole(text);
        Quantities.decimal(text);
        Quantities.bytes(text);
        Quantities.duration(text, ChronoUnit.SECONDS);
    }

    @Property
    void everyDurationWrittenIsReadBack(@ForAll @IntRange(min = 0) int millis) {
        assertThat(Quantities.duration(millis + "ms", ChronoUnit.SECONDS))
                .isEqualTo(Duration.ofMillis(millis));
    }
}
