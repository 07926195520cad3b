package io.sluice.core.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConfigContractTest {

    record Undocumented(@Default("1") int port) {}

    record WrongDefault(@Default("x") @Doc("Port.") int port) {}

    @Test
    void aSoundRecordPasses() {
        ConfigContract.of(Sample.class)
                .required("enabled", "true")
                .required("path", "/x")
                .required("key", "k")
                .required("requestsPerSecond", "5")
                .sample("ratio", "0.25")
                .sample("minVersion", "1.3")
                .verify();
    }

    @Test
    void unsoundRecordsDoNot() {
        assertThatThrownBy(() -> ConfigContract.of(Undocumented.class).verify())
                .hasMessageContaining("has no @Doc");
        assertThatThrownBy(() -> ConfigContract.of(WrongDefault.class).verify())
                .hasMessageContaining("does not bind");
    }
}
