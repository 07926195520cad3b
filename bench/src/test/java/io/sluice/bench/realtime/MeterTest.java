package io.sluice.bench.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeterTest {

    @Test
    void onlyACoreThatOthersUsedMuchIsRemarkedOn() {
        assertThat(new Meter.Used(3, 0.1).remark()).isEmpty();
        assertThat(new Meter.Used(2, 1).remark()).contains("1.0 s");
    }
}
