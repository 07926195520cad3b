package io.sluice.net.loop;

import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.sluice.core.time.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final Duration SLOT = Duration.ofMillis(20);

    private final ManualTicker ticker = new ManualTicker();
    private final EventExecutor executor = new DefaultEventExecutor();
    private final Timers timers = new Timers(executor, ticker);

    @AfterEach
    void stop() {
        executor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void theOnlyTimerFarAheadDoesNotKeepALateSweepForEver() throws Exception {
        CountDownLatch fired = new CountDownLatch(1);
        CountDownLatch swept = new CountDownLatch(1);
        executor.submit(
                        () -> {
                            timers.timer(fired::countDown).in(Duration.ofSeconds(60).toNanos());
                            timers.timer(swept::countDown).in(SLOT.multipliedBy(1020).toNanos());
                        })
                .get(30, TimeUnit.SECONDS);
        ticker.advance(SLOT.multipliedBy(1022));
        await(swept);
        // The wheel has turned once but for one slot, in which the far timer hangs; the sweep comes
        // one slot late.
        ticker.advance(SLOT.multipliedBy(2));
        executor.schedule(() -> {}, 100, TimeUnit.MILLISECONDS).get(30, TimeUnit.SECONDS);
        ticker.advance(Duration.ofSeconds(60));
        await(fired);
    }

    private static void await(CountDownLatch latch) throws Exception {
        if (!latch.await(30, TimeUnit.SECONDS)) {
            throw new TimeoutException("the timer did not fire");
        }
    }
}
