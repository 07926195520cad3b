package io.sluice.core.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StagedTest {
    private final Staged<StringBuilder> staged = new Staged<>();

    @Test
    void nothingIsInForceBeforeTheCommit() {
        StringBuilder made = staged.of("a", _ -> true, StringBuilder::new);

        assertThat(staged.inForce()).isEmpty();
        staged.commit();
        assertThat(staged.inForce("a")).isSameAs(made);
    }

    @Test
    void whatFitsIsKeptAndWhatDoesNotIsReplacedAtTheCommit() {
        StringBuilder first = staged.of("a", _ -> true, StringBuilder::new);
        staged.commit();

        assertThat(staged.of("a", _ -> true, StringBuilder::new)).isSameAs(first);
        staged.commit();
        StringBuilder second = staged.of("a", _ -> false, StringBuilder::new);
        assertThat(second).isNotSameAs(first);
        assertThat(staged.inForce("a")).isSameAs(first);
        staged.commit();
        assertThat(staged.inForce("a")).isSameAs(second);
    }

    @Test
    void anAbandonedPreparationLeavesNoTrace() {
        StringBuilder first = staged.of("a", _ -> true, StringBuilder::new);
        staged.commit();

        StringBuilder other = staged.of("a", _ -> false, StringBuilder::new);
        staged.abandon();

        assertThat(staged.inForce("a")).isSameAs(first);
        assertThat(staged.of("a", _ -> true, StringBuilder::new))
                .isSameAs(first)
                .isNotSameAs(other);
    }

    @Test
    void whatIsAskedForTwiceIsTheSameAndWhatNobodyAskedForIsForgotten() {
        StringBuilder first = staged.of("a", _ -> true, StringBuilder::new);
        assertThat(staged.of("a", _ -> true, StringBuilder::new)).isSameAs(first);
        staged.commit();
        staged.of("b", _ -> true, StringBuilder::new);
        staged.commit();

        assertThat(staged.inForce()).containsOnlyKeys("b");
    }
}
