package io.sluice.proxy.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.dial.Origin;
import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceMeters;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NewConnectionTest {
    private final Loop loop = new Loop(new EmbeddedChannel().eventLoop(), new ManualTicker(), 0);
    private final FakeDialer dialer = new FakeDialer();

    private InstancePool pool() {
        return pool(PoolConfig.DEFAULTS);
    }

    private InstancePool atMostOne() {
        return pool(new PoolConfig(true, Duration.ofSeconds(90), 0, 0, 1, 10));
    }

    private InstancePool pool(PoolConfig config) {
        Origin origin = new Origin("a", 1, null, null, Origin.Speaks.HTTP_1, Duration.ofSeconds(1));
        return new ConnectionPools(1, dialer, config, InstanceMeters.none())
                .on(loop)
                .of(new Instance("s", "i", origin, 1));
    }

    private static FakeWaiter waiting(InstancePool pool) {
        FakeWaiter waiter = new FakeWaiter();
        assertThat(pool.await(waiter)).isTrue();
        return waiter;
    }

    @Test
    void whoAsksForANewConnectionIsGivenNoneThatWasUsed() {
        InstancePool pool = pool();
        FakeWaiter first = waiting(pool);
        FakeWaiter second = waiting(pool);
        dialer.connect(1);
        FakeWaiter choosy = waitingForNew(pool);
        first.finish(true);
        assertThat(choosy.given).isNull();

        FakeConnection fresh = dialer.connect(1);

        assertThat(Objects.requireNonNull(choosy.given).connection()).isSameAs(fresh);
        dialer.connect(1);
        assertThat(second.given).isNotNull();
    }

    @Test
    void anIdleConnectionMakesRoomForANewOne() {
        InstancePool pool = atMostOne();
        FakeWaiter first = waiting(pool);
        FakeConnection old = dialer.connect(1);
        first.finish(true);

        FakeWaiter choosy = waitingForNew(pool);

        assertThat(old.open).isFalse();
        dialer.connect(1);
        assertThat(choosy.given).isNotNull();
    }

    @Test
    void whereNoNewConnectionIsAllowedAnyOneWillDo() {
        InstancePool pool = atMostOne();
        FakeWaiter first = waiting(pool);
        dialer.connect(1);
        FakeWaiter choosy = waitingForNew(pool);
        assertThat(dialer.pending()).isZero();

        first.finish(true);

        assertThat(choosy.given).isNotNull();
    }

    @Test
    void whoAskedForANewConnectionHearsOfAFailedDialAndMayLeave() {
        InstancePool pool = pool();
        FakeWaiter failed = waitingForNew(pool);
        FakeWaiter left = waitingForNew(pool);
        dialer.fail();
        pool.leave(left);
        dialer.connect(1);

        assertThat(failed.failure).isNotNull();
        assertThat(left.given).isNull();
        assertThat(pool.idle()).isEqualTo(1);
        assertThat(pool.waiting()).isZero();
    }

    private static FakeWaiter waitingForNew(InstancePool pool) {
        FakeWaiter waiter = new FakeWaiter();
        assertThat(pool.awaitNew(waiter)).isTrue();
        return waiter;
    }
}
