package io.sluice.proxy.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import io.sluice.net.dial.Origin;
import io.sluice.proxy.upstream.CallResult;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.HealthCheckConfig;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.Member;
import io.sluice.proxy.upstream.discovery.OutlierConfig;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServiceHealthTest {
    private static final HealthCheckConfig CHECK =
            new HealthCheckConfig(
                    true,
                    HealthCheckConfig.Type.HTTP,
                    "/health",
                    null,
                    List.of(),
                    new HealthCheckConfig.Pace(
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(2),
                            2,
                            3));

    private final ManualTicker ticker = new ManualTicker();
    private final Map<String, @Nullable String> answers = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final ServiceHealth health =
            new ServiceHealth(
                    "s",
                    ticker,
                    new SplittableRandom(1),
                    (instance, config, result) -> {
                        asked.merge(instance.id(), 1, Integer::sum);
                        result.done(answers.get(instance.id()));
                    },
                    Runnable::run);

    private static Member member(String id, InstanceSpec.Mark mark, int weight) {
        Endpoint endpoint = Endpoint.of("127.0.0.1", 80);
        Origin origin =
                new Origin("127.0.0.1", 80, null, null, endpoint.speaks(), Duration.ofSeconds(1));
        return new Member(
                new Instance("s", id, origin, weight),
                new InstanceSpec(id, endpoint, weight, mark, List.of(), Map.of()));
    }

    private static List<Member> members(int count) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member("i" + i, InstanceSpec.Mark.HEALTHY, 1));
        }
        return members;
    }

    private static ServiceHealthConfig config(
            @Nullable HealthCheckConfig check, Duration slowStart, double panic) {
        return new ServiceHealthConfig(check, OutlierConfig.DEFAULT, slowStart, panic);
    }

    private List<String> usable() {
        return health.service().instances().usable().stream().map(Instance::id).toList();
    }

    private void fail(Instance instance, int times) {
        for (int i = 0; i < times; i++) {
            health.started(instance);
            health.finished(instance, CallResult.SERVER_ERROR);
        }
    }

    private void succeed(Instance instance) {
        health.started(instance);
        health.finished(instance, CallResult.SUCCESS);
    }

    private void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 100) {
            ticker.advance(Duration.ofMillis(Math.min(left, 100)));
            health.tick();
        }
    }

    @Test
    void anInstanceMarkedUnhealthyIsNeverUsableNotEvenInPanic() {
        health.update(
                List.of(member("a", InstanceSpec.Mark.UNHEALTHY, 1)), ServiceHealthConfig.DEFAULT);
        assertThat(usable()).isEmpty();
        assertThat(health.service().instances().all()).hasSize(1);
    }

    @Test
    void failuresInARowLeaveAnInstanceOutForAWhile() {
        List<Member> members = members(3);
        Instance bad = members.getFirst().instance();
        health.update(members, ServiceHealthConfig.DEFAULT);
        fail(bad, 4);
        succeed(bad);
        fail(bad, 4);
        assertThat(usable()).containsExactly("i0", "i1", "i2");
        fail(bad, 1);
        assertThat(usable()).containsExactly("i1", "i2");
        pass(Duration.ofSeconds(29));
        assertThat(usable()).containsExactly("i1", "i2");
        pass(Duration.ofSeconds(1));
        assertThat(usable()).containsExactly("i0", "i1", "i2");
        fail(bad, 5);
        pass(Duration.ofSeconds(59));
        assertThat(usable()).containsExactly("i1", "i2");
        pass(Duration.ofSeconds(1));
        assertThat(usable()).hasSize(3);
    }

    @Test
    void whatTheClientEndedCountsForNothing() {
        List<Member> members = members(2);
        health.update(members, ServiceHealthConfig.DEFAULT);
        for (int i = 0; i < 20; i++) {
            health.started(members.getFirst().instance());
            health.finished(members.getFirst().instance(), CallResult.CANCELLED);
        }
        assertThat(usable()).hasSize(2);
        assertThat(members.getFirst().instance().load().active()).isZero();
    }

    @Property
    void neverMoreAreLeftOutThanAllowed(
            @ForAll @IntRange(min = 1, max = 12) int count,
            @ForAll @IntRange(min = 0, max = 100) int percent,
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 11) Integer> failing) {
        ServiceHealth tried =
                new ServiceHealth(
                        "s",
                        ticker,
                        new SplittableRandom(1),
                        (instance, config, result) -> result.done(null),
                        Runnable::run);
        List<Member> members = members(count);
        OutlierConfig outlier =
                new OutlierConfig(
                        true, 2, Duration.ofSeconds(30), Duration.ofSeconds(300), percent);
        tried.update(members, new ServiceHealthConfig(null, outlier, Duration.ZERO, 0));
        for (int index : failing) {
            Instance instance = members.get(index % count).instance();
            tried.started(instance);
            tried.finished(instance, CallResult.CONNECT_FAILED);
            long out =
                    tried.report().instances().stream()
                            .filter(one -> one.health() == HealthState.EJECTED)
                            .count();
            int allowed = count * percent / 100;
            if (percent > 0 && count > 1) {
                allowed = Math.max(1, allowed);
            } else {
                allowed = 0;
            }
            assertThat(out).isLessThanOrEqualTo(allowed);
            assertThat(tried.service().instances().usable()).isNotEmpty();
        }
    }

    @Test
    void checksTakeAnInstanceOutAndBringItBack() {
        health.update(members(2), config(CHECK, Duration.ZERO, 0));
        pass(Duration.ofSeconds(1));
        assertThat(asked).containsEntry("i0", 1).containsEntry("i1", 1);
        answers.put("i0", "status 500");
        pass(Duration.ofSeconds(34));
        assertThat(usable()).hasSize(2);
        pass(Duration.ofSeconds(12));
        assertThat(usable()).containsExactly("i1");
        assertThat(asked.get("i1")).isEqualTo(2);
        answers.remove("i0");
        pass(Duration.ofSeconds(13));
        assertThat(usable()).hasSize(2);
    }

    @Test
    void allInstancesAreUsedWhenNoneIsWell() {
        answers.put("i0", "refused");
        answers.put("i1", "refused");
        health.update(members(2), config(CHECK, Duration.ZERO, 0));
        pass(Duration.ofSeconds(60));
        assertThat(health.report().panic()).isTrue();
        assertThat(health.report().instances())
                .allMatch(one -> one.health() == HealthState.UNHEALTHY);
        assertThat(usable()).hasSize(2);
        answers.remove("i1");
        pass(Duration.ofSeconds(20));
        assertThat(health.report().panic()).isFalse();
        assertThat(usable()).containsExactly("i1");
    }

    @Test
    void thePanicThresholdIsAPartOfTheCallableOnes() {
        answers.put("i0", "refused");
        answers.put("i1", "refused");
        health.update(members(3), config(CHECK, Duration.ZERO, 0.5));
        pass(Duration.ofSeconds(60));
        assertThat(usable()).hasSize(3);
    }

    @Test
    void anInstanceThatComesLaterStartsSlowly() {
        List<Member> first = members(1);
        health.update(first, config(null, Duration.ofSeconds(10), 0));
        assertThat(first.getFirst().instance().load().readiness()).isEqualTo(1);
        Member late = member("late", InstanceSpec.Mark.HEALTHY, 1);
        health.update(List.of(first.getFirst(), late), config(null, Duration.ofSeconds(10), 0));
        assertThat(late.instance().load().readiness()).isEqualTo(0.1);
        var before = health.service().instances();
        pass(Duration.ofSeconds(5));
        assertThat(late.instance().load().readiness()).isEqualTo(0.5);
        assertThat(health.service().instances()).isNotSameAs(before);
        pass(Duration.ofSeconds(5));
        assertThat(late.instance().load().readiness()).isEqualTo(1);
    }

    @Test
    void weightZeroTakesNoNewRequestsWhileOthersDo() {
        health.update(
                List.of(
                        member("a", InstanceSpec.Mark.HEALTHY, 0),
                        member("b", InstanceSpec.Mark.HEALTHY, 2)),
                ServiceHealthConfig.DEFAULT);
        assertThat(usable()).containsExactly("b");
    }

    @Test
    void healthIsKeptWhenTheMembersAreGivenAgain() {
        List<Member> members = members(3);
        health.update(members, ServiceHealthConfig.DEFAULT);
        fail(members.getFirst().instance(), 5);
        health.update(members, ServiceHealthConfig.DEFAULT);
        assertThat(usable()).containsExactly("i1", "i2");
    }
}
