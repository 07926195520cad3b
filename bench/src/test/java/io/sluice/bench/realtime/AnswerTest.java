package io.sluice.bench.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void numbersOfALineAreFoundByName() {
        Answer answer = Answer.parse("{\"deliveries\":171000,\"p99Micros\":2500.0,\"wrong\":0}");

        assertThat(answer.number("deliveries")).isEqualTo(171_000);
        assertThat(answer.p99Millis()).isEqualTo(2.5);
        assertThat(answer.number("absent")).isZero();
    }

    @Test
    void anythingElseIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Answer.parse("Segmentation fault"));
    }
}
