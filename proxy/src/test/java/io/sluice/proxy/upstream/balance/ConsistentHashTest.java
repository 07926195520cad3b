package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ConsistentHashTest {

    private static Instance pick(Picks picks, Balancer balancer, String session) {
        return Objects.requireNonNull(
                balancer.pick(picks.request().header("X-Session-Id", session)));
    }

    @Property(tries = 50)
    void onlyTheKeysOfAnInstanceThatLeavesMove(
            @ForAll @IntRange(min = 2, max = 8) int count,
            @ForAll @IntRange(min = 0, max = 7) int leaving) {
        Picks picks = Picks.equal(count);
        Balancer balancer = picks.balancer(Strategy.CONSISTENT_HASH);
        Instance gone = picks.instance(leaving % count);
        Map<String, Instance> before = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            before.put("k" + i, pick(picks, balancer, "k" + i));
        }
        List<Instance> left = new ArrayList<>(picks.service.instances().all());
        left.remove(gone);
        picks.usable(left.toArray(Instance[]::new));
        before.forEach((key, owner) -> assertStable(picks, balancer, key, owner, gone));
        picks.service.instances(InstanceSet.of(left));
        before.forEach((key, owner) -> assertStable(picks, balancer, key, owner, gone));
    }

    private static void assertStable(
            Picks picks, Balancer balancer, String key, Instance owner, Instance gone) {
        Instance now = pick(picks, balancer, key);
        if (owner == gone) {
            assertThat(now).isNotSameAs(gone);
        } else {
            assertThat(now).isSameAs(owner);
        }
    }

    @Property(tries = 100)
    void noInstanceGetsMuchMoreThanItsShareOfWhatIsUnderWay(
            @ForAll @IntRange(min = 1, max = 8) int count,
            @ForAll @IntRange(min = 1, max = 300) int calls,
            @ForAll @IntRange(min = 1, max = 5) int keys) {
        Picks picks = Picks.equal(count);
        Balancer balancer = picks.balancer(Strategy.CONSISTENT_HASH);
        for (int i = 0; i < calls; i++) {
            pick(picks, balancer, "hot" + i % keys).load().started();
            double bound = Math.ceil(ConsistentHash.BOUND * (i + 1) / count);
            for (Instance instance : picks.service.instances().all()) {
                assertThat((double) instance.load().active()).isLessThanOrEqualTo(bound);
            }
        }
    }

    @Test
    void keysSpreadByWeight() {
        Picks picks = new Picks(1, 3);
        Balancer balancer = picks.balancer(Strategy.CONSISTENT_HASH);
        int heavy = 0;
        for (int i = 0; i < 10_000; i++) {
            if (pick(picks, balancer, "user-" + i) == picks.instance(1)) {
                heavy++;
            }
        }
        assertThat(heavy).isCloseTo(7500, within(700));
    }

    @Test
    void theKeyIsTheSessionHeaderThenTheCookieThenTheClient() {
        Picks picks = Picks.equal(8);
        Balancer balancer = picks.balancer(Strategy.CONSISTENT_HASH);
        for (int i = 0; i < 50; i++) {
            String key = "key" + i;
            Instance byHeader =
                    balancer.pick(
                            picks.request()
                                    .header("X-Session-Id", key)
                                    .header("Cookie", "session=other")
                                    .from("192.0.2.9"));
            Instance byCookie =
                    balancer.pick(
                            picks.request()
                                    .header("Cookie", "first=1; session=" + key + "; last=2")
                                    .from("192.0.2.8"));
            Instance byAddress = balancer.pick(picks.request().from(key));
            assertThat(byHeader).isSameAs(byCookie).isSameAs(byAddress);
        }
    }

    @Test
    void theRingIsKeptWhileOnlyHealthChanges() {
        Picks picks = Picks.equal(3);
        List<Instance> all = picks.service.instances().all();
        Ring ring = Ring.of(all);
        assertThat(ring.fits(List.copyOf(all))).isTrue();
        assertThat(ring.fits(all.subList(0, 2))).isFalse();
        all.getFirst().weight(5);
        assertThat(ring.fits(all)).isFalse();
        assertThat(ring.size()).isEqualTo(3 * Ring.POINTS_PER_INSTANCE);
    }
}
