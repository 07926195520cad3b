package io.sluice.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdSourceTest {
    private final ManualTicker ticker = new ManualTicker(1_732_000_000_123L);
    private final IdSource ids = IdSource.seeded(ticker);

    @Test
    void requestIdsAreMillisecondsAndEightHexDigits() {
        assertThat(ids.requestId()).matches("1732000000123-[0-9a-f]{8}");
        ticker.advance(Duration.ofMillis(877));
        assertThat(ids.requestId()).matches("1732000001000-[0-9a-f]{8}");
    }

    @Test
    void idsDoNotRepeat() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(ids.requestId())).isTrue();
            assertThat(seen.add(ids.spanId())).isTrue();
            assertThat(seen.add(ids.newTrace(1).traceId())).isTrue();
        }
    }

    @Test
    void twoSourcesGoDifferentWays() {
        assertThat(ids.newTrace(1)).isNotEqualTo(IdSource.seeded(ticker).newTrace(1));
    }

    @Test
    void ourOwnIdsAreWellFormed() {
        assertThat(RequestIds.wellFormed(ids.requestId())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7f3e-11", "req_1.2~3:4/5+6=7@x", "0"})
    void harmlessIdsFromOutsideAreTaken(String id) {
        assertThat(RequestIds.wellFormed(id)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a b", "a\"b", "a\nb", "a,b", "a;b", "<a>", "a%0a", "\u00e9", "{a}", "a\\b"
            })
    void otherIdsAreNot(String id) {
        assertThat(RequestIds.wellFormed(id)).isFalse();
    }

    @Test
    void longIdsAreNotTaken() {
        assertThat(RequestIds.wellFormed("a".repeat(128))).isTrue();
        assertThat(RequestIds.wellFormed("a".repeat(129))).isFalse();
    }
}
