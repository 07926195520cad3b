package io.sluice.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoopTickerTest {
    private final ManualTicker machine = new ManualTicker();
    private final LoopTicker ticker = new LoopTicker(machine);

    @Test
    void timeStandsStillWhileAReadIsHandledAndGoesOnAfterwards() {
        long before = machine.nanos();
        ticker.hold();
        machine.advance(Duration.ofMillis(3));
        assertThat(ticker.nanos()).isEqualTo(before);
        ticker.release();
        assertThat(ticker.nanos()).isEqualTo(before + 3_000_000);
        machine.advance(Duration.ofMillis(1));
        ticker.hold();
        assertThat(ticker.nanos()).isEqualTo(before + 4_000_000);
    }
}
