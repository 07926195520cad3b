package io.sluice.bus;

import static io.sluice.bus.Leases.Admission.ADDED;
import static io.sluice.bus.Leases.Admission.FULL;
import static io.sluice.bus.Leases.Admission.RENEWED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What holds for tables, members, leases and counters wherever they are shared.
public abstract class StateContract {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofMillis(150);

    /// Long enough to be renewed in, on a busy machine too.
    private static final Duration SHORT = Duration.ofSeconds(2);

    protected abstract Nodes nodes();

    private Bus here() {
        return nodes().here();
    }

    private Bus there() {
        return nodes().there();
    }

    @Test
    void fieldsOfAKeyAreSeenByAllNodesUntilRemoved() {
        String key = Nodes.name("table");
        here().table().put(key, Map.of("a", "1", "b", ""), LONG);
        here().table().put(key, "c", "ü", LONG);

        assertThat(there().table().get(key)).isEqualTo(Map.of("a", "1", "b", "", "c", "ü"));
        assertThat(there().table().get(key, "c")).isEqualTo("ü");
        assertThat(there().table().get(key, "nope")).isNull();
        there().table().remove(key, "c");
        assertThat(here().table().get(key)).containsOnlyKeys("a", "b");
        there().table().remove(key);
        assertThat(here().table().get(key)).isEmpty();
    }

    @Test
    void aFieldIsRemovedOnlyWhileItSaysWhatItSaid() {
        String key = Nodes.name("table");
        here().table().put(key, Map.of("a", "1", "b", "2"), LONG);
        there().table().put(key, "a", "ü", LONG);

        assertThat(here().table().remove(key, "a", "1")).isFalse();
        assertThat(here().table().remove(key, "c", "1")).isFalse();
        assertThat(there().table().get(key)).isEqualTo(Map.of("a", "ü", "b", "2"));
        assertThat(here().table().remove(key, "a", "ü")).isTrue();
        assertThat(here().table().remove(key, "b", "2")).isTrue();
        assertThat(there().table().remove(key, "b", "2")).isFalse();
        assertThat(there().table().get(key)).isEmpty();
    }

    @Test
    void aKeyLivesForItsTimeAndOneWithoutForEver() {
        String brief = Nodes.name("table");
        String forever = Nodes.name("table");
        String renewed = Nodes.name("table");
        here().table().put(forever, "a", "1", Table.FOREVER);
        here().table().put(renewed, "a", "1", SHORT);
        here().table().put(brief, "a", "1", SHORT);

        assertThat(there().table().renew(renewed, LONG)).isTrue();

        await().until(() -> there().table().get(brief).isEmpty());
        assertThat(there().table().get(forever)).isNotEmpty();
        assertThat(there().table().get(renewed)).isNotEmpty();
        assertThat(there().table().renew(brief, LONG)).isFalse();
    }

    @Test
    void onlyTheFirstSetsAFieldThatMustBeAbsent() throws Exception {
        String key = Nodes.name("table");
        List<String> before =
                inParallel(
                        20,
                        i -> String.valueOf(node(i).table().putIfAbsent(key, "f", "v" + i, LONG)));

        String winner = here().table().get(key, "f");
        assertThat(before).filteredOn("null"::equals).hasSize(1);
        assertThat(before).filteredOn(value -> !value.equals("null")).containsOnly(winner);
    }

    @Test
    void membersStayUntilTakenOut() {
        String key = Nodes.name("members");

        assertThat(here().members().add(key, "alice")).isTrue();
        assertThat(there().members().add(key, "alice")).isFalse();
        assertThat(there().members().add(key, "bob")).isTrue();

        assertThat(here().members().some(key, 9)).containsExactlyInAnyOrder("alice", "bob");
        assertThat(here().members().contains(key, "bob")).isTrue();
        assertThat(here().members().remove(key, "bob")).isTrue();
        assertThat(there().members().remove(key, "bob")).isFalse();
        assertThat(there().members().contains(key, "bob")).isFalse();
    }

    @Test
    void someMembersAreAllWhenThereAreFew() {
        String key = Nodes.name("crowd");
        List.of("alice", "bob", "carol").forEach(member -> here().members().add(key, member));

        assertThat(there().members().some(key, 3))
                .containsExactlyInAnyOrder("alice", "bob", "carol");
        assertThat(there().members().some(key, 2)).hasSize(2).isSubsetOf("alice", "bob", "carol");
        assertThat(there().members().size(key)).isEqualTo(3);
        assertThat(there().members().size(Nodes.name("nobody"))).isZero();
        assertThat(there().members().some(Nodes.name("nobody"), 2)).isEmpty();
    }

    @Test
    void aLeaseThatIsNotRenewedEndsAndIsSweptOnce() throws Exception {
        String key = Nodes.name("leases");
        here().leases().take(new Lease(key, "stays"), LONG);
        here().leases().take(new Lease(key, "dies"), SHORT);
        assertThat(there().leases().living(key)).containsExactly("dies", "stays");

        await().until(() -> there().leases().living(key).equals(List.of("stays")));

        List<String> swept = new ArrayList<>();
        for (List<String> mine : inParallel(8, i -> node(i).leases().sweep(key))) {
            swept.addAll(mine);
        }
        assertThat(swept).containsExactly("dies");
    }

    @Test
    void manyLeasesAreRenewedAtOnce() {
        String brief = Nodes.name("leases");
        String kept = Nodes.name("leases");
        here().leases().take(new Lease(brief, "a"), SHORT);
        here().leases().take(new Lease(kept, "a"), SHORT);
        here().leases().take(new Lease(kept, "b"), SHORT);

        here().leases().renew(List.of(new Lease(kept, "a"), new Lease(kept, "b")), LONG);

        await().until(() -> there().leases().living(brief).isEmpty());
        assertThat(there().leases().living(kept)).containsExactlyInAnyOrder("a", "b");
        assertThat(here().leases().release(new Lease(kept, "a"))).isTrue();
        assertThat(here().leases().release(new Lease(kept, "a"))).isFalse();
    }

    @Test
    void renewingUnderALimitRefusesThoseWhoLostTheirPlace() {
        String key = Nodes.name("leases");
        Lease in = new Lease(key, "in");
        Lease out = new Lease(key, "out");
        here().leases().take(in, LONG, 1);

        assertThat(there().leases().renew(List.of(in, out), LONG, 1)).containsExactly(out);
        assertThat(here().leases().renew(List.of(in, out), LONG, 2)).isEmpty();
        assertThat(there().leases().living(key)).containsExactlyInAnyOrder("in", "out");
    }

    @Test
    void manyAreReleasedAndSweptAtOnce() {
        String one = Nodes.name("leases");
        String two = Nodes.name("leases");
        String three = Nodes.name("leases");
        here().leases().take(new Lease(one, "a"), LONG);
        here().leases().take(new Lease(two, "a"), LONG);
        there().leases().release(List.of(new Lease(one, "a"), new Lease(two, "a")));
        assertThat(here().leases().living(one)).isEmpty();
        assertThat(here().leases().living(two)).isEmpty();

        here().leases().take(new Lease(one, "dies"), BRIEF);
        here().leases().take(new Lease(two, "stays"), LONG);
        await().until(() -> there().leases().living(one).isEmpty());
        assertThat(there().leases().sweep(List.of(one, two, three)))
                .isEqualTo(Map.of(one, List.of("dies")));
        assertThat(here().leases().sweep(List.of(one))).isEmpty();
    }

    @Test
    void noMorePlacesAreGivenThanAllowed() throws Exception {
        String key = Nodes.name("leases");

        List<Leases.Admission> given =
                inParallel(40, i -> node(i).leases().take(new Lease(key, "member" + i), LONG, 10));

        assertThat(given).filteredOn(ADDED::equals).hasSize(10);
        assertThat(given).filteredOn(FULL::equals).hasSize(30);
        String in = here().leases().living(key).getFirst();
        assertThat(there().leases().take(new Lease(key, in), LONG, 10)).isEqualTo(RENEWED);
        here().leases().release(new Lease(key, in));
        assertThat(there().leases().take(new Lease(key, "late"), LONG, 10)).isEqualTo(ADDED);
    }

    @Test
    void anEndedLeaseTakesNoPlace() {
        String key = Nodes.name("leases");
        here().leases().take(new Lease(key, "dies"), BRIEF, 1);

        await().until(() -> there().leases().take(new Lease(key, "next"), LONG, 1) == ADDED);
        assertThat(here().leases().sweep(key)).containsExactly("dies");
    }

    @Test
    void countersSumUpTheNodes() throws Exception {
        String key = Nodes.name("counter");

        inParallel(50, i -> node(i).counters().add(key, 2, LONG));

        assertThat(here().counters().get(key)).isEqualTo(100);
        assertThat(there().counters().add(key, -50, LONG)).isEqualTo(50);
        assertThat(here().counters().add(key, -50, LONG)).isZero();
        assertThat(here().counters().get(Nodes.name("counter"))).isZero();
    }

    @Test
    void thePartOfANodeThatIsNotRenewedIsLeftOut() {
        String brief = Nodes.name("counter");
        String kept = Nodes.name("counter");
        here().counters().add(brief, 3, SHORT);
        here().counters().add(kept, 4, SHORT);

        here().counters().renew(List.of(kept, Nodes.name("counter")), LONG);

        await().until(() -> there().counters().get(brief) == 0);
        assertThat(there().counters().get(kept)).isEqualTo(4);
    }

    private Bus node(int i) {
        return i % 2 == 0 ? here() : there();
    }

    private interface Numbered<T> {
        T call(int number);
    }

    private static <T> List<T> inParallel(int times, Numbered<T> work)
            throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> calls =
                    IntStream.range(0, times)
                            .<Callable<T>>mapToObj(i -> () -> work.call(i))
                            .toList();
            for (Future<T> done : threads.invokeAll(calls)) {
                results.add(done.get());
            }
        }
        return results;
    }
}
