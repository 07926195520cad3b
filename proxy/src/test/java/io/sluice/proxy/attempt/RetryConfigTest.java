package io.sluice.proxy.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.config.ConfigContract;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryConfigTest {
    private static final RetrySettings FIVE =
            new RetrySettings(5, Duration.ofMillis(1), Duration.ofMillis(9), 3, new Jitter(0), 0.5);

    private final RetryPlans plans = new RetryPlans(new ManualTicker());

    @Test
    void everyKeyBinds() {
        ConfigContract.of(RetryConfig.class)
                .sample("jitter", "0.5")
                .sample("budgetRatio", "0.2")
                .verify();
    }

    @Test
    void jitterIsAPartOrYesOrNo() {
        assertThat(Jitter.of("true")).isEqualTo(new Jitter(0.25));
        assertThat(Jitter.of("false")).isEqualTo(new Jitter(0));
        assertThat(Jitter.of("0.5")).isEqualTo(new Jitter(0.5));
        assertThatThrownBy(() -> Jitter.of("2")).hasMessageContaining("found `2`, expected true");
        assertThatThrownBy(() -> Jitter.of("NaN")).hasMessageContaining("found `NaN`");
    }

    @Test
    void aRoutesEntryGoesBeforeTheServicesAndTheDefault() {
        RetryConfig config =
                new RetryConfig(true, RetrySettings.DEFAULTS, Map.of("r", FIVE), Map.of());

        assertThat(plans.of(config, "r", "s").policy().maxAttempts()).isEqualTo(5);
        assertThat(plans.of(config, "other", "s").policy().maxAttempts()).isEqualTo(3);
        assertThat(plans.of(config, "r", "s").backoff())
                .isEqualTo(new Backoff(Duration.ofMillis(1), Duration.ofMillis(9), 3, 0));
    }

    @Test
    void routesOfOneServiceShareABudgetAcrossReloads() {
        RetryConfig config =
                new RetryConfig(true, RetrySettings.DEFAULTS, Map.of(), Map.of("s", FIVE));

        assertThat(plans.of(config, "a", "s")).isSameAs(plans.of(config, "b", "s"));
        assertThat(plans.of(config, "a", "t")).isNotSameAs(plans.of(config, "a", "s"));
    }

    @Test
    void offMeansOnlyTheFreeRetry() {
        assertThat(plans.of(RetryConfig.OFF, "r", "s").policy()).isEqualTo(RetryPolicy.OFF);
    }
}
