package io.sluice.bench.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void ratiosAreTakenRoundByRound() {
        Spread spread = Spread.ratios(List.of(1.0, 4.0, 9.0), List.of(1.0, 2.0, 3.0));

        assertThat(spread).isEqualTo(new Spread(2, 1, 3));
        assertThat(spread).hasToString("2.00 (1.00–3.00)");
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMiddleOfTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0)).median()).isEqualTo(2.5);
    }

    @Test
    void nothingMeasuredIsADash() {
        assertThat(Spread.ratios(List.of(1.0), List.of())).hasToString("–");
    }
}
