package io.sluice.realtime.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoriesTest {
    private static HistoryConfig keeping(int size) {
        return new HistoryConfig(size, Duration.ofMinutes(1), 1000);
    }

    @Test
    void chatRoomsKeepAndGroupsDoNotUnlessSetOtherwise() {
        Histories histories = Histories.of(Map.of(), 1_000_000);

        assertThat(histories.of("chat:room-1")).isEqualTo(HistoryConfig.STANDARD);
        assertThat(histories.of("rt:g1")).isNull();
        assertThat(Histories.of(Map.of("rt:*", keeping(1)), 1000).of("chat:room-1")).isNull();
    }

    @Test
    void noChannelKeepsMoreBytesThanAClientCanBeTold() {
        Histories histories = Histories.of(Map.of("*", keeping(5)), 999);

        assertThat(histories.of("rt:g1"))
                .isEqualTo(new HistoryConfig(5, Duration.ofMinutes(1), 999));
        assertThat(Histories.of(Map.of(), 999).of("chat:r"))
                .extracting(HistoryConfig::maxBytes)
                .isEqualTo(999L);
    }

    @Test
    void theLongestPatternThatFitsDecides() {
        Histories histories =
                new Histories(
                        Map.of(
                                "*", keeping(1),
                                "chat:*", keeping(2),
                                "chat:loud-*", keeping(0),
                                "chat:loud-1", keeping(3)));

        assertThat(histories.of("rt:a")).isEqualTo(keeping(1));
        assertThat(histories.of("chat:a")).isEqualTo(keeping(2));
        assertThat(histories.of("chat:loud-2")).isNull();
        assertThat(histories.of("chat:loud-1")).isEqualTo(keeping(3));
    }
}
