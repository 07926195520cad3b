package io.sluice.proxy.upstream.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.CallResult;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BalancersTest {

    @Property(tries = 300)
    void everyStrategyPicksUsableInstancesAndUntriedOnesFirst(
            @ForAll Strategy strategy,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 20) Integer> weights,
            @ForAll @IntRange(min = 0, max = 255) int usableBits,
            @ForAll @IntRange(min = 0, max = 255) int triedBits) {
        Picks picks = new Picks(weights.stream().mapToInt(Integer::intValue).toArray());
        List<Instance> usable = chosen(picks, weights.size(), usableBits);
        List<Instance> tried = chosen(picks, weights.size(), triedBits);
        picks.usable(usable.toArray(Instance[]::new));
        Balancer balancer = picks.balancer(strategy);
        for (int i = 0; i < 20; i++) {
            Picks.Request request =
                    picks.request().from("client" + i).after(tried.toArray(Instance[]::new));
            Instance picked = balancer.pick(request);
            if (usable.isEmpty()) {
                assertThat(picked).isNull();
            } else {
                assertThat(usable).contains(picked);
                if (!tried.containsAll(usable)) {
                    assertThat(tried).doesNotContain(picked);
                }
            }
        }
    }

    private static List<Instance> chosen(Picks picks, int count, int bits) {
        List<Instance> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if ((bits & 1 << i) != 0) {
                chosen.add(picks.instance(i));
            }
        }
        return chosen;
    }

    @Property
    void roundRobinIsExact(
            @ForAll @IntRange(min = 1, max = 10) int count,
            @ForAll @IntRange(min = 1, max = 20) int rounds) {
        Picks picks = Picks.equal(count);
        Map<String, Integer> counts =
                picks.count(picks.balancer(Strategy.ROUND_ROBIN), count * rounds);
        assertThat(counts).hasSize(count);
        assertThat(counts.values()).containsOnly(rounds);
    }

    @Test
    void roundRobinIsExactOverManyThreads() throws InterruptedException {
        Picks picks = Picks.equal(2);
        Balancer balancer = picks.balancer(Strategy.ROUND_ROBIN);
        Map<String, Integer> counts = new ConcurrentHashMap<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(
                    Thread.ofPlatform()
                            .start(() ->
                                    picks.count(balancer, 2500)
                                            .forEach(
                                                    (id, n) -> counts.merge(id, n, Integer::sum))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counts).containsEntry("i0", 5000).containsEntry("i1", 5000);
    }

    @Property
    void weightedRoundRobinGivesEachItsShareInEveryRoundAndSpreadsIt(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 30) Integer> weights) {
        Picks picks = new Picks(weights.stream().mapToInt(Integer::intValue).toArray());
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        Balancer balancer = picks.balancer(Strategy.WEIGHTED_ROUND_ROBIN);
        int[] got = new int[weights.size()];
        for (int pick = 1; pick <= 2 * sum; pick++) {
            Instance picked = Objects.requireNonNull(balancer.pick(picks.request()));
            got[picks.service.instances().all().indexOf(picked)]++;
            for (int i = 0; i < got.length; i++) {
                double due = (double) pick * weights.get(i) / sum;
                assertThat((double) got[i]).isCloseTo(due, within((double) weights.size()));
            }
        }
        for (int i = 0; i < got.length; i++) {
            assertThat(got[i]).isEqualTo(2 * weights.get(i));
        }
    }

    @Test
    void hugeWeightsKeepTheirProportionInAShortRound() {
        Picks picks = new Picks(1_000_000, 250_000, 1);
        Map<String, Integer> counts =
                picks.count(picks.balancer(Strategy.WEIGHTED_ROUND_ROBIN), 10_000);
        assertThat(counts.get("i0")).isCloseTo(8000, within(100));
        assertThat(counts.get("i1")).isCloseTo(2000, within(100));
        assertThat(counts.get("i2")).isBetween(1, 20);
    }

    @Property(tries = 50)
    void weightedRandomFollowsTheWeights(
            @ForAll @Size(min = 2, max = 5) List<@IntRange(min = 1, max = 9) Integer> weights) {
        Picks picks = new Picks(weights.stream().mapToInt(Integer::intValue).toArray());
        int sum = weights.stream().mapToInt(Integer::intValue).sum();
        Map<String, Integer> counts = picks.count(picks.balancer(Strategy.WEIGHTED_RANDOM), 20_000);
        for (int i = 0; i < weights.size(); i++) {
            double expected = 20_000.0 * weights.get(i) / sum;
            // Six standard deviations of a binomial with 20,000 draws are at most 424.
            assertThat((double) counts.getOrDefault("i" + i, 0)).isCloseTo(expected, within(430.0));
        }
    }

    @Test
    void anInstanceThatStartsSlowlyTakesItsPart() {
        Picks picks = Picks.equal(2);
        picks.instance(0).load().readiness(0.1);
        Map<String, Integer> counts = picks.count(picks.balancer(Strategy.ROUND_ROBIN), 1100);
        assertThat(counts).containsEntry("i0", 100).containsEntry("i1", 1000);
    }

    @Test
    void aNewSnapshotCountsFromTheNextPickOn() {
        Picks picks = Picks.equal(3);
        Balancer balancer = picks.balancer(Strategy.ROUND_ROBIN);
        assertThat(picks.count(balancer, 9)).hasSize(3);
        picks.usable(picks.instance(1));
        assertThat(picks.count(balancer, 9)).containsExactly(Map.entry("i1", 9));
        picks.service.instances(InstanceSet.EMPTY);
        assertThat(balancer.pick(picks.request())).isNull();
    }

    @Property(tries = 200)
    void leastConnectionsPicksTheLeastBusyForItsWeight(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 9) Integer> active,
            @ForAll @Size(min = 6, max = 6) List<@IntRange(min = 1, max = 4) Integer> weights) {
        Picks picks =
                new Picks(
                        weights.subList(0, active.size()).stream()
                                .mapToInt(Integer::intValue)
                                .toArray());
        double least = Double.MAX_VALUE;
        for (int i = 0; i < active.size(); i++) {
            for (int n = 0; n < active.get(i); n++) {
                picks.instance(i).load().started();
            }
            least = Math.min(least, (active.get(i) + 1.0) / weights.get(i));
        }
        Instance picked =
                Objects.requireNonNull(
                        picks.balancer(Strategy.LEAST_CONNECTIONS).pick(picks.request()));
        assertThat((picked.load().active() + 1.0) / picked.weight()).isEqualTo(least);
    }

    @Property(tries = 100)
    void twoChoicesNeverPicksTheBusiestOfAll(@ForAll @IntRange(min = 2, max = 8) int count) {
        Picks picks = Picks.equal(count);
        picks.instance(0).load().started();
        assertThat(picks.count(picks.balancer(Strategy.P2C), 200)).doesNotContainKey("i0");
    }

    @Test
    void twoChoicesSpreadsEqualLoad() {
        Picks picks = Picks.equal(4);
        picks.count(picks.balancer(Strategy.P2C), 8000)
                .values()
                .forEach(count -> assertThat(count).isCloseTo(2000, within(300)));
    }

    private static void answer(Picks picks, int instance, Duration latency) {
        picks.instance(instance)
                .load()
                .measureLatency()
                .record(latency.toNanos(), picks.ticker.nanos());
    }

    @Test
    void responseTimePrefersTheFasterAndTriesTheUnknown() {
        Picks picks = Picks.equal(2);
        Balancer balancer = picks.balancer(Strategy.RESPONSE_TIME);
        answer(picks, 0, Duration.ofMillis(5));
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i1");
        answer(picks, 1, Duration.ofMillis(50));
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i0");
        for (int i = 0; i < 10; i++) {
            picks.instance(0).load().started();
        }
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i1");
    }

    @Test
    void aSlowInstanceIsTriedAgainAfterAWhile() {
        Picks picks = Picks.equal(2);
        Balancer balancer = picks.balancer(Strategy.RESPONSE_TIME);
        answer(picks, 0, Duration.ofMillis(10));
        answer(picks, 1, Duration.ofMillis(30));
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i0");
        picks.ticker.advance(Duration.ofSeconds(60));
        answer(picks, 0, Duration.ofMillis(10));
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i1");
    }

    @Test
    void adaptiveAvoidsAnInstanceThatFailsFast() {
        Picks picks = Picks.equal(2);
        Balancer balancer = picks.balancer(Strategy.ADAPTIVE);
        answer(picks, 0, Duration.ofMillis(5));
        answer(picks, 1, Duration.ofMillis(8));
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i0");
        for (int i = 0; i < 10; i++) {
            picks.instance(0).load().measureLatency().outcome(CallResult.SERVER_ERROR);
        }
        assertThat(picks.count(balancer, 50)).containsOnlyKeys("i1");
    }

    @Property(tries = 50)
    void aRoundIsNeverMuchLongerThanItsLimit(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 1_000_000) Integer> w) {
        Assume.that(!w.isEmpty());
        List<Instance> instances = w.stream().map(weight -> Picks.instance("x", weight)).toList();
        assertThat(Schedule.of(instances, Weighing.BY_WEIGHT).length())
                .isBetween(w.size(), Schedule.LONGEST_ROUND + w.size());
    }
}
