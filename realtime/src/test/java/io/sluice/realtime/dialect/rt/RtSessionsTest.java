package io.sluice.realtime.dialect.rt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RtSessionsTest {
    private final ManualTicker ticker = new ManualTicker();
    private final Set<String> peopled = new HashSet<>();
    private final RtSessions sessions =
            new RtSessions(ticker, Duration.ofSeconds(15), peopled::contains);

    private static byte[] meta(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            ticker.advance(Duration.ofSeconds(1));
            sessions.sweep();
        }
    }

    @Test
    void keepsASessionWhileItsGroupHasMembersAndFifteenSecondsLonger() {
        peopled.add("g");
        sessions.note("g", "s", meta("1"));
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
        sessions.note("g", "s", meta("1"));
        pass(3);
        sessions.note("g", "s", meta("2"));
        sessions.note("other", "s", meta("3"));
        assertThat(sessions.of("g"))
                .containsExactly(
                        new RtSession(
                                "s",
                                "2",
                                ManualTicker.START_MILLIS,
                                ManualTicker.START_MILLIS + 3_000));
    }

    @Test
    void neverHoldsMoreThanItsBound() {
        for (int i = 0; i < RtSessions.MOST + 50; i++) {
            sessions.note("g", "s" + i, meta("1"));
        }
        assertThat(sessions.size()).isEqualTo(RtSessions.MOST);
        pass(16);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void neverTakesMoreBytesThanItsBoundHoweverManyMembersTheGroupHas() {
        peopled.add("g");
        byte[] large = meta("[" + "0,".repeat(3_000) + "0]");
        for (int i = 0; i < 2_000; i++) {
            sessions.note("g", "s" + i, large);
        }
        assertThat(sessions.bytes()).isLessThanOrEqualTo(RtSessions.MOST_BYTES);
        assertThat(sessions.size()).isBetween(100, 1_000);
        assertThat(sessions.of("g").getLast().id()).isEqualTo("s1999");
        sessions.note("g", "too large", meta("[" + "0,".repeat(32_000) + "0]"));
        sessions.note("g", "too long".repeat(1_000), meta("1"));
        assertThat(sessions.of("g").getLast().id()).isEqualTo("s1999");
        peopled.clear();
        pass(16);
        assertThat(sessions.bytes()).isZero();
    }

    @Test
    void letsGoOfThoseDescribedLongestAgo() {
        for (int i = 0; i < RtSessions.MOST; i++) {
            sessions.note("g", "s" + i, meta("1"));
        }
        sessions.note("g", "s0", meta("2"));
        sessions.note("g", "another", meta("1"));
        assertThat(sessions.of("g"))
                .extracting(RtSession::id)
                .contains("s0", "another")
                .doesNotContain("s1");
        long before = sessions.bytes();
        sessions.note("g", "s0", meta("34"));
        assertThat(sessions.bytes()).isEqualTo(before + 1);
    }
}
