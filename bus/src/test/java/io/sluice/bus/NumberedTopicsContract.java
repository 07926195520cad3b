package io.sluice.bus;

import static io.sluice.bus.Heard.bytes;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What holds for numbered topics wherever they are shared.
public abstract class NumberedTopicsContract {
    private static final Retention TEN = new Retention(10, Duration.ofSeconds(60));

    protected abstract Nodes nodes();

    private NumberedTopics here() {
        return nodes().here().numberedTopics();
    }

    private NumberedTopics there() {
        return nodes().there().numberedTopics();
    }

    @Test
    void allNodesHearTheSameNumbersInOrder() {
        String name = Nodes.name("numbered");
        Heard first = new Heard();
        Heard second = new Heard();
        here().subscribe(name, first);
        there().subscribe(name, second);
        settle(name, List.of(first, second));

        for (int i = 0; i < 200; i++) {
            (i % 2 == 0 ? here() : there()).publish(name, bytes("m" + i), TEN);
        }

        first.awaitTexts(200);
        second.awaitTexts(200);
        assertThat(first.positions()).hasSize(200).isEqualTo(second.positions());
        assertThat(first.texts()).isEqualTo(second.texts());
        long start = first.positions().getFirst().offset();
        assertThat(first.positions().stream().map(Position::offset))
                .containsExactlyElementsOf(LongStream.range(start, start + 200).boxed().toList());
        assertThat(first.positions().stream().map(Position::epoch).distinct()).hasSize(1);
    }

    @Test
    void publishingTellsThePlace() {
        String name = Nodes.name("numbered");

        Position first = result(here().publish(name, bytes("a"), TEN));
        Position second = result(there().publish(name, bytes("b"), TEN));

        assertThat(first.offset()).isEqualTo(1);
        assertThat(second).isEqualTo(new Position(first.epoch(), 2));
        assertThat(result(here().latest(name))).isEqualTo(second);
    }

    @Test
    void whoWasAwayGetsAllThatCameSince() {
        String name = Nodes.name("numbered");
        Position seen = result(here().publish(name, bytes("seen"), TEN));
        for (int i = 1; i <= 7; i++) {
            result(here().publish(name, bytes("missed " + i), TEN));
        }

        Replay replay = result(there().since(name, seen, Portion.of(100)));

        assertThat(replay.recovered()).isTrue();
        assertThat(replay.messages()).hasSize(7);
        assertThat(new String(replay.messages().getFirst().payload(), UTF_8)).isEqualTo("missed 1");
        assertThat(replay.messages().getLast().position()).isEqualTo(replay.latest());
        assertThat(replay.latest()).isEqualTo(new Position(seen.epoch(), 8));
    }

    @Test
    void whoMissedNothingIsRecoveredWithNothing() {
        String name = Nodes.name("numbered");
        Position seen = result(here().publish(name, bytes("seen"), TEN));

        Replay replay = result(there().since(name, seen, Portion.of(100)));

        assertThat(replay.recovered()).isTrue();
        assertThat(replay.messages()).isEmpty();
        assertThat(replay.latest()).isEqualTo(seen);
    }

    @Test
    void whatIsNoLongerKeptIsNotRecovered() {
        String name = Nodes.name("numbered");
        Position seen = result(here().publish(name, bytes("seen"), TEN));
        for (int i = 1; i <= 11; i++) {
            result(here().publish(name, bytes("missed " + i), TEN));
        }

        Replay replay = result(there().since(name, seen, Portion.of(100)));

        assertThat(replay).isEqualTo(Replay.lost(new Position(seen.epoch(), 12)));
        Position later = new Position(seen.epoch(), 2);
        assertThat(result(there().since(name, later, Portion.of(100))).messages()).hasSize(10);
    }

    @Test
    void moreThanTheLimitAnotherEpochOrTheFutureAreNotRecovered() {
        String name = Nodes.name("numbered");
        Position seen = result(here().publish(name, bytes("seen"), TEN));
        result(here().publish(name, bytes("x"), TEN));
        result(here().publish(name, bytes("y"), TEN));

        assertThat(result(there().since(name, seen, Portion.of(1))).recovered()).isFalse();
        assertThat(result(there().since(name, seen, Portion.of(2))).recovered()).isTrue();
        Position foreign = new Position("another", 1);
        assertThat(result(there().since(name, foreign, Portion.of(9))).recovered()).isFalse();
        Position future = new Position(seen.epoch(), 99);
        assertThat(result(there().since(name, future, Portion.of(9))).recovered()).isFalse();
    }

    @Test
    void aTopicNobodyHasPublishedToStandsAtZero() {
        String name = Nodes.name("numbered");

        Position latest = result(here().latest(name));

        assertThat(latest.offset()).isZero();
        assertThat(result(there().since(name, latest, Portion.of(9))).recovered()).isTrue();
        Position first = result(there().publish(name, bytes("first"), TEN));
        assertThat(first).isEqualTo(new Position(latest.epoch(), 1));
        assertThat(result(here().since(name, latest, Portion.of(9))).messages()).hasSize(1);
    }

    @Test
    void theNewestMessagesCanBeAskedForWithoutAPlace() {
        String name = Nodes.name("numbered");
        assertThat(result(there().newest(name, Portion.of(5))).messages()).isEmpty();
        for (int i = 1; i <= 14; i++) {
            result(here().publish(name, bytes("m" + i), TEN));
        }

        Replay three = result(there().newest(name, Portion.of(3)));

        assertThat(three.recovered()).isTrue();
        assertThat(three.latest()).isEqualTo(result(here().latest(name)));
        assertThat(three.messages().stream().map(m -> m.position().offset()))
                .containsExactly(12L, 13L, 14L);
        assertThat(new String(three.messages().getFirst().payload(), UTF_8)).isEqualTo("m12");
        assertThat(result(there().newest(name, Portion.of(50))).messages()).hasSize(10);
    }

    @Test
    void noMoreBytesAreHandedOutThanAskedFor() {
        String name = Nodes.name("numbered");
        Position seen = result(here().latest(name));
        for (int i = 0; i < 4; i++) {
            result(here().publish(name, new byte[1_000], Retention.STANDARD));
        }
        Position last = result(there().latest(name));

        assertThat(result(there().since(name, seen, new Portion(9, 4_000))).messages()).hasSize(4);
        Replay cut = result(there().since(name, seen, new Portion(9, 3_999)));
        assertThat(cut.recovered()).isFalse();
        assertThat(cut.latest()).isEqualTo(last);
        Replay newest = result(here().newest(name, new Portion(9, 2_500)));
        assertThat(newest.messages()).hasSize(2);
        assertThat(newest.messages().getLast().position()).isEqualTo(last);
        assertThat(result(here().newest(name, new Portion(9, 10))).messages()).isEmpty();
    }

    @Test
    void messagesAreForgottenAfterTheirAge() {
        String name = Nodes.name("numbered");
        Retention brief = new Retention(10, Duration.ofMillis(200));
        Position seen = result(here().publish(name, bytes("seen"), brief));
        result(here().publish(name, bytes("missed"), brief));

        await().until(() -> !result(there().since(name, seen, Portion.of(9))).recovered());
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private void settle(String name, List<Heard> all) {
        await().until(() -> {
            result(here().publish(name, bytes("settle"), TEN));
            return all.stream().allMatch(heard -> heard.texts().contains("settle"));
        });
        result(here().publish(name, bytes("settled"), TEN));
        for (Heard heard : all) {
            await().until(() -> heard.texts().contains("settled"));
            heard.forget();
        }
    }
}
