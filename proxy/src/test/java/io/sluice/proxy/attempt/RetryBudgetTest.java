package io.sluice.proxy.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final ManualTicker ticker = new ManualTicker();

    @Property(tries = 100)
    void allowsATenthOfTheRequests(@ForAll @IntRange(max = 5000) int requests) {
        RetryBudget budget = new RetryBudget(ticker, 0.1);
        for (int i = 0; i < requests; i++) {
            budget.request(ticker.nanos());
        }

        assertThat(granted(budget)).isEqualTo(Math.max(requests, 100) / 10);
    }

    @Test
    void isFullAgainTwoWindowsLater() {
        RetryBudget budget = new RetryBudget(ticker, 0.1);
        assertThat(granted(budget)).isEqualTo(10);
        assertThat(budget.tryRetry()).isFalse();

        ticker.advance(Duration.ofMinutes(2));

        assertThat(granted(budget)).isEqualTo(10);
    }

    @Test
    void comesBackBitByBit() {
        RetryBudget budget = new RetryBudget(ticker, 0.1);
        granted(budget);

        ticker.advance(Duration.ofSeconds(90));

        assertThat(granted(budget)).isEqualTo(5);
    }

    @Test
    void grantsNothingAtRatioZero() {
        assertThat(new RetryBudget(ticker, 0).tryRetry()).isFalse();
    }

    private static int granted(RetryBudget budget) {
        int granted = 0;
        while (granted < 10_000 && budget.tryRetry()) {
            granted++;
        }
        return granted;
    }
}
