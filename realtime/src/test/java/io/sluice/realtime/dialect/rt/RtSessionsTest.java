package io.sluice.realtime.dialect.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.json.JsonNumber;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RtSessionsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Set<String> peopled = new HashSet<>();
    private final RtSessions sessions =
            new RtSessions(ticker, Duration.ofSeconds(15), peopled::contains);

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            ticker.advance(Duration.ofSeconds(1));
            sessions.sweep();
        }
    }

    @Test
    void keepsASessionWhileItsGroupHasMembersAndFifteenSecondsLonger() {
        peopled.add("g");
        sessions.note("g", "s", JsonNumber.of(1));
        pass(60);
        assertThat(sessions.size()).isEqualTo(1);
        peopled.clear();
        pass(10);
        peopled.add("g");
        pass(10);
        peopled.clear();
        pass(15);
        assertThat(sessions.size()).isEqualTo(1);
        pass(1);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void replacesWhatIsKnownAndKeepsWhenItBegan() {
        peopled.add("g");
        sessions.note("g", "s", JsonNumber.of(1));
        pass(3);
        sessions.note("g", "s", JsonNumber.of(2));
        sessions.note("other", "s", JsonNumber.of(3));
        assertThat(sessions.of("g"))
                .containsExactly(
                        new RtSession(
                                "s",
                                JsonNumber.of(2),
                                ManualTicker.START_MILLIS,
                                ManualTicker.START_MILLIS + 3_000));
    }

    @Test
    void neverHoldsMoreThanItsBound() {
        for (int i = 0; i < RtSessions.MOST + 50; i++) {
            sessions.note("g", "s" + i, JsonNumber.of(i));
        }
        assertThat(sessions.size()).isEqualTo(RtSessions.MOST);
        pass(16);
        assertThat(sessions.size()).isZero();
    }
}
