package io.sluice.realtime.dialect.rt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.bus.Bus;
import io.sluice.bus.Lease;
import io.sluice.bus.local.LocalBus;
import io.sluice.core.time.ManualTicker;
import io.sluice.core.time.Ticker;
import io.sluice.realtime.session.Interruption;
import io.sluice.realtime.session.RealtimeLimits;
import io.sluice.realtime.session.RealtimeLimits.UserFull;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Groups of one node, on a bus that others look at.
final class SharedRollTest {
    private final Bus bus = LocalBus.alone(Ticker.system());
    private final ManualTicker ticker = new ManualTicker();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<String> peopled = ConcurrentHashMap.newKeySet();
    private final SharedRoll roll = roll(Duration.ofSeconds(60));

    private SharedRoll roll(Duration lease) {
        return roll(bus, lease);
    }

    private SharedRoll roll(Bus to, Duration lease) {
        RealtimeLimits limits =
                new RealtimeLimits(20, 40, 100, 10, UserFull.REJECT_NEW, 0, 64, lease);
        return SharedRoll.start(
                to,
                ticker,
                limits,
                local -> peopled.contains(local) ? "{}".getBytes(UTF_8) : null,
                (local, status, details) ->
                        told.add(local + ' ' + status + ' ' + new String(details, UTF_8)));
    }

    @AfterEach
    void close() {
        roll.close();
        bus.close();
    }

    private void come(SharedRoll to, String group) {
        peopled.add(group);
        to.present(group, "{}".getBytes(UTF_8), () -> {}).toCompletableFuture().join();
    }

    @Test
    void aNodeThatEndsTellsTheEndOfItsGroupsAndGivesAllBack() {
        come(roll, "g1");
        come(roll, "g2");

        roll.close();

        assertThat(told).containsExactlyInAnyOrder("g1 DOWN {}", "g2 DOWN {}");
        for (String key : List.of("rt:groups", "rt:up", "rt:nodes:g1", "rt:nodes:g2")) {
            assertThat(bus.leases().living(key)).isEmpty();
        }
    }

    @Test
    void whatIsSaidJustBeforeTheEndIsStillDone() {
        come(roll, "g1");
        for (int i = 0; i < 1_000; i++) {
            roll.present("g" + i, new byte[0], () -> {});
        }
        peopled.clear();
        roll.left("g1");

        roll.close();

        assertThat(told).hasSize(1_000).contains("g1 DOWN ").doesNotHaveDuplicates();
        assertThat(bus.leases().living("rt:up")).isEmpty();
    }

    @Test
    void aGroupOfADeadNodeEndsOnceItsLeaseHas() {
        SharedRoll other = roll(Duration.ofSeconds(1));
        bus.leases().take(new Lease("rt:groups", "dead g1"), Duration.ofSeconds(1));
        bus.leases().take(new Lease("rt:nodes:g1", "dead"), Duration.ofSeconds(1));
        bus.leases().take(new Lease("rt:up", "g1"), Duration.ofSeconds(1));

        await().until(() -> told.contains("g1 DOWN "));
        other.close();
        assertThat(told).hasSize(1);
    }

    @Test
    void aNodeThatWasOnlyHeldUpSaysThatItsGroupsAreUpAfterAll() {
        SharedRoll heldUp = roll(Duration.ofSeconds(1));
        come(heldUp, "g1");
        bus.leases().release(new Lease("rt:up", "g1"));
        bus.table().remove("rt:presence:g1", "details");

        ticker.advance(Duration.ofSeconds(1));

        await().until(() -> told.contains("g1 UP {}"));
        assertThat(bus.leases().living("rt:up")).containsExactly("g1");
        assertThat(bus.table().get("rt:presence:g1", "details")).isEqualTo("{}");
        heldUp.close();
        assertThat(told).containsExactly("g1 UP {}", "g1 DOWN {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"role\":\"a\"}"})
    void whatAnotherNodeSaysOfAGroupWhileItEndsHereIsKept(String details) {
        Interruption meanwhile = new Interruption();
        SharedRoll slow = roll(meanwhile.of(Bus.class, bus), Duration.ofSeconds(60));
        come(slow, "g1");
        peopled.clear();
        meanwhile.before(
                "remove",
                () ->
                        roll.present("g1", details.getBytes(UTF_8), () -> {})
                                .toCompletableFuture()
                                .join());
        slow.left("g1");

        await().until(() -> told.contains("g1 UP " + details));
        assertThat(told).containsExactly("g1 DOWN {}", "g1 UP " + details);
        assertThat(bus.table().get("rt:presence:g1", "details")).isEqualTo(details);
        peopled.add("g1");
        slow.close();
    }
}
