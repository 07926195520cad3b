package io.sluice.realtime.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OwnReactionsTest {
    private final OwnReactions reactions = new OwnReactions();

    private OwnReactions.@Nullable Outcome react(String message, String emoji, String user) {
        return reactions.react(new ChatInbound.React("room", message, emoji, null), user);
    }

    @Test
    void countsOneReactionPerUserAndTakesTheSameOneBack() {
        assertThat(react("m", "+", "ann"))
                .isEqualTo(new OwnReactions.Outcome(true, Map.of("+", 1)));
        assertThat(react("m", "+", "bob"))
                .isEqualTo(new OwnReactions.Outcome(true, Map.of("+", 2)));
        long two = reactions.bytes();
        assertThat(react("m", "-", "bob"))
                .isEqualTo(new OwnReactions.Outcome(true, Map.of("+", 1, "-", 1)));
        assertThat(reactions.bytes()).isEqualTo(two);
        assertThat(react("m", "-", "bob"))
                .isEqualTo(new OwnReactions.Outcome(false, Map.of("+", 1)));
        assertThat(reactions.bytes()).isLessThan(two);
    }

    @Test
    void neverTakesMoreBytesThanItsBoundHoweverManyUsersReact() {
        String emoji = "e".repeat(ChatReader.LONGEST_ID);
        for (int message = 0; message < 200; message++) {
            for (int user = 0; user < 100; user++) {
                assertThat(react("m" + message, emoji, "user-" + user)).isNotNull();
                assertThat(reactions.bytes()).isLessThanOrEqualTo(OwnReactions.MOST_BYTES);
            }
        }
        assertThat(react("m199", "+", "one more"))
                .extracting(outcome -> outcome.summary())
                .isEqualTo(Map.of(emoji, 100, "+", 1));
        assertThat(react("m0", "+", "one more"))
                .isEqualTo(new OwnReactions.Outcome(true, Map.of("+", 1)));
    }
}
