package io.sluice.proxy.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.core.config.ConfigContract;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.dial.Origin;
import io.sluice.net.loop.Loop;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceMeters;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InstancePoolTest {
    private final ManualTicker ticker = new ManualTicker();

    /// Its timers never run by themselves; sweeps are made by hand.
    private final Loop loop = new Loop(new EmbeddedChannel().eventLoop(), ticker, 0);

    private final FakeDialer dialer = new FakeDialer();
    private final Instance instance = instance(Origin.Speaks.HTTP_1);

    private static Instance instance(Origin.Speaks speaks) {
        Origin origin = new Origin("a", 1, null, null, speaks, Duration.ofSeconds(1));
        return new Instance("s", "i", origin, 1);
    }

    private LoopPools pools(PoolConfig config) {
        return new ConnectionPools(1, dialer, config, InstanceMeters.none()).on(loop);
    }

    private InstancePool pool() {
        return pools(PoolConfig.DEFAULTS).of(instance);
    }

    private static PoolConfig config(int maxIdle, int maxOpen, int maxWaiting) {
        return new PoolConfig(true, Duration.ofSeconds(90), 0, maxIdle, maxOpen, maxWaiting);
    }

    private static FakeWaiter waiting(InstancePool pool) {
        FakeWaiter waiter = new FakeWaiter();
        assertThat(pool.await(waiter)).isTrue();
        return waiter;
    }

    @Test
    void everyKeyOfTheConfigurationBinds() {
        ConfigContract.of(PoolConfig.class).verify();
    }

    @Test
    void theConnectionUsedLastIsUsedNext() {
        InstancePool pool = pool();
        FakeWaiter first = waiting(pool);
        FakeWaiter second = waiting(pool);
        FakeConnection one = dialer.connect(1);
        FakeConnection two = dialer.connect(1);
        first.finish(true);
        second.finish(true);

        assertThat(taken(pool)).isSameAs(two);
        assertThat(taken(pool)).isSameAs(one);
        assertThat(pool.take(ticker.nanos())).isNull();
    }

    private FakeConnection taken(InstancePool pool) {
        PooledConnection connection = Objects.requireNonNull(pool.take(ticker.nanos()));
        FakeConnection fake = (FakeConnection) connection.connection();
        fake.capacity--;
        return fake;
    }

    @Test
    void aConnectionIsKeptOnlyWithItsCodecsWord() {
        InstancePool pool = pool();
        FakeWaiter waiter = waiting(pool);
        FakeConnection connection = dialer.connect(1);
        waiter.finish(false);

        assertThat(connection.open).isFalse();
        assertThat(pool.open()).isZero();
        assertThat(pool.take(ticker.nanos())).isNull();
    }

    @Test
    void aConnectionThatClosedWhileIdleIsForgotten() {
        InstancePool pool = pool();
        FakeWaiter waiter = waiting(pool);
        FakeConnection connection = dialer.connect(1);
        waiter.finish(true);
        connection.close();

        assertThat(pool.idle()).isZero();
        assertThat(pool.open()).isZero();
    }

    @Test
    void aConnectionThatIsFreedGoesToTheOneWhoWaitedLongest() {
        InstancePool pool = pools(config(0, 1, 10)).of(instance);
        FakeWaiter first = waiting(pool);
        dialer.connect(1);
        FakeWaiter second = waiting(pool);
        FakeWaiter third = waiting(pool);
        assertThat(dialer.pending()).isZero();

        first.finish(true);

        assertThat(second.given).isNotNull();
        assertThat(third.given).isNull();
    }

    @Test
    void aLostConnectionMakesRoomForADial() {
        InstancePool pool = pools(config(0, 1, 10)).of(instance);
        FakeWaiter first = waiting(pool);
        dialer.connect(1);
        FakeWaiter second = waiting(pool);
        first.finish(false);
        assertThat(dialer.pending()).isEqualTo(1);
        dialer.connect(1);

        assertThat(second.given).isNotNull();
        assertThat(pool.open()).isEqualTo(1);
    }

    @Test
    void noMoreThanTheLimitMayWait() {
        InstancePool pool = pools(config(0, 1, 2)).of(instance);
        waiting(pool);
        dialer.connect(1);
        waiting(pool);
        waiting(pool);

        assertThat(pool.await(new FakeWaiter())).isFalse();
    }

    @Test
    void aFailedDialFailsOneWaiterAndTheNextGetsItsOwn() {
        InstancePool pool = pools(config(0, 1, 10)).of(instance);
        FakeWaiter first = waiting(pool);
        FakeWaiter second = waiting(pool);
        dialer.fail();

        assertThat(first.failure).isNotNull();
        assertThat(second.failure).isNull();
        assertThat(dialer.pending()).isEqualTo(1);
    }

    @Test
    void aWaiterThatLeftHearsNothingAndItsConnectionIsKept() {
        InstancePool pool = pool();
        FakeWaiter waiter = waiting(pool);
        pool.leave(waiter);
        dialer.connect(1);

        assertThat(waiter.given).isNull();
        assertThat(pool.idle()).isEqualTo(1);
    }

    @Test
    void anIdleConnectionIsNotUsedOnceItIsTooOld() {
        InstancePool pool = pool();
        FakeWaiter waiter = waiting(pool);
        FakeConnection connection = dialer.connect(1);
        waiter.finish(true);
        ticker.advance(Duration.ofSeconds(90));

        assertThat(pool.take(ticker.nanos())).isNull();
        assertThat(connection.open).isFalse();
    }

    @Test
    void whatTheOriginAnnouncedCutsTheIdleTimeShort() {
        InstancePool pool = pool();
        FakeWaiter waiter = waiting(pool);
        FakeConnection connection = dialer.connect(1);
        connection.announcedIdleNanos = Duration.ofSeconds(5).toNanos();
        waiter.finish(true);
        ticker.advance(Duration.ofMillis(3_900));
        pool.sweep(ticker.nanos());
        assertThat(connection.open).isTrue();
        ticker.advance(Duration.ofMillis(100));
        pool.sweep(ticker.nanos());

        assertThat(connection.open).isFalse();
    }

    @Test
    void surplusIdleConnectionsGoOnlyAfterASecondUnused() {
        InstancePool pool = pools(config(1, 0, 10)).of(instance);
        FakeWaiter first = waiting(pool);
        FakeWaiter second = waiting(pool);
        dialer.connect(1);
        dialer.connect(1);
        first.finish(true);
        second.finish(true);
        pool.sweep(ticker.nanos());
        assertThat(pool.idle()).isEqualTo(2);
        ticker.advance(Duration.ofSeconds(1));
        pool.sweep(ticker.nanos());

        assertThat(pool.idle()).isEqualTo(1);
    }

    @Test
    void thePoolOfARetiredInstanceDrainsAndGoes() {
        LoopPools pools = pools(PoolConfig.DEFAULTS);
        InstancePool pool = pools.of(instance);
        FakeWaiter idle = waiting(pool);
        FakeWaiter busy = waiting(pool);
        dialer.connect(1);
        dialer.connect(1);
        idle.finish(true);
        instance.retire();
        pool.sweep(ticker.nanos());
        assertThat(pool.open()).isEqualTo(1);
        busy.finish(true);

        assertThat(pool.open()).isZero();
        assertThat(pools.size()).isZero();
    }

    @Test
    void aConnectionForManyCallsIsSharedUntilItIsFull() {
        InstancePool pool = pools(PoolConfig.DEFAULTS).of(instance(Origin.Speaks.HTTP_2));
        FakeWaiter first = waiting(pool);
        FakeWaiter second = waiting(pool);
        FakeWaiter third = waiting(pool);
        assertThat(dialer.pending()).isEqualTo(1);
        FakeConnection connection = dialer.connect(2);

        assertThat(first.given).isNotNull();
        assertThat(second.given).isNotNull();
        assertThat(third.given).isNull();
        assertThat(dialer.pending()).isEqualTo(1);
        first.finish(true);
        assertThat(third.given).isNotNull();
        assertThat(connection.open).isTrue();
    }

    @Test
    void aSharedConnectionThatTakesNoMoreEndsWithItsLastCall() {
        InstancePool pool = pools(PoolConfig.DEFAULTS).of(instance(Origin.Speaks.HTTP_2));
        FakeWaiter first = waiting(pool);
        FakeWaiter second = waiting(pool);
        FakeConnection connection = dialer.connect(5);
        first.finish(false);
        assertThat(connection.open).isTrue();
        assertThat(pool.take(ticker.nanos())).isNull();
        second.finish(true);

        assertThat(connection.open).isFalse();
    }
}
