package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.sluice.bus.Position;
import io.sluice.testkit.LeakCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A client that was away gets what it missed, or is told that it does not.
@ExtendWith(LeakCheck.class)
class RecoveryTest {
    private final HubFixture fixture = new HubFixture(2);

    @AfterEach
    void close() {
        fixture.close();
    }

    private static List<String> bodies(Joined joined) {
        return joined.missed().stream()
                .map(message -> new String(message.body(), StandardCharsets.UTF_8))
                .toList();
    }

    private static Position place(Joined joined) {
        return assertAndGet(joined.latest());
    }

    private static Position assertAndGet(@Nullable Position position) {
        assertNotNull(position);
        return position;
    }

    @Test
    void whatWasMissedIsGivenOnceAndInOrder() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(1);
        ann.join("kept:r");
        Joined first = bob.join("kept:r");
        assertThat(first.recovered()).isFalse();
        assertThat(first.missed()).isEmpty();
        bob.end();

        ann.publish("kept:r", "1", "2", "3");
        Client again = fixture.client(1);
        Joined joined = again.join("kept:r", place(first));
        ann.publish("kept:r", "4");

        assertThat(joined.recovered()).isTrue();
        assertThat(bodies(joined)).containsExactly("1", "2", "3");
        assertThat(place(joined).offset()).isEqualTo(3);
        assertThat(again.lines()).containsExactly("4");
    }

    @Test
    void whatWasSaidWhileNobodyWasThereIsKept() throws Exception {
        Client ann = fixture.client(0);
        Position place = place(ann.join("kept:r"));
        ann.end();

        fixture.hub.publish(fixture.message("kept:r", "1"));
        Joined joined = fixture.client(0).join("kept:r", place);

        assertThat(bodies(joined)).containsExactly("1");
    }

    @Test
    void tooMuchMissedAnotherEpochAndTooOldAreNotRecovered() throws Exception {
        Client ann = fixture.client(0);
        Position place = place(ann.join("kept:r"));
        ann.publish("kept:r", "1", "2", "3", "4", "5", "6");

        assertThat(fixture.client(0).join("kept:r", place).recovered()).isFalse();
        assertThat(fixture.client(0).join("kept:r", place).missed()).isEmpty();
        assertThat(fixture.client(0).join("kept:r", new Position("?", 5)).recovered()).isFalse();
        Position one = new Position(place.epoch(), 1);
        assertThat(fixture.client(0).join("kept:r", one).missed()).hasSize(5);
        fixture.ticker.advance(Duration.ofHours(1));
        assertThat(fixture.client(0).join("kept:r", one).recovered()).isFalse();
    }

    @Test
    void allHistoriesTogetherAreBoundedAndTheOneUsedLongestAgoEnds() throws Exception {
        Client ann = fixture.client(0);
        String large = "x".repeat(10_000);
        Position used = place(ann.join("kept:used"));
        Position unused = place(ann.join("kept:unused"));
        ann.publish("kept:used", "1");
        ann.publish("kept:unused", "1");
        int channels = 2 * HubFixture.KEPT / large.length();
        for (int i = 0; i < channels; i++) {
            fixture.hub.publish(fixture.message("kept:" + i, large));
            assertThat(fixture.hub.keptBytes()).isLessThanOrEqualTo(HubFixture.KEPT);
            fixture.ticker.advance(Duration.ofSeconds(1));
            assertThat(bodies(fixture.client(0).join("kept:used", used))).containsExactly("1");
        }

        assertThat(fixture.hub.keptBytes()).isGreaterThan(HubFixture.KEPT / 2);
        assertThat(fixture.counts.historiesDropped.get()).isBetween(channels / 2, channels);
        Joined lost = fixture.client(0).join("kept:unused", unused);
        assertThat(lost.recovered()).isFalse();
        assertThat(place(lost).epoch()).isNotEqualTo(unused.epoch());
        ann.publish("kept:unused", "2");
        assertThat(bodies(fixture.client(0).join("kept:unused", place(lost)))).containsExactly("2");
        assertThat(ann.lines()).endsWith("2");
    }

    @Test
    void whoLooksAtAHistoryLetsGoOfWhatIsTooOldAndTheBytesAreCountedSo() throws Exception {
        Client ann = fixture.client(0);
        ann.publish("kept:r", "x".repeat(10_000));
        assertThat(fixture.hub.keptBytes()).isGreaterThan(10_000);
        fixture.ticker.advance(Duration.ofMinutes(59));

        assertThat(fixture.hub.history("kept:r", 5).toCompletableFuture().get().messages())
                .isEmpty();

        assertThat(fixture.hub.keptBytes()).isLessThan(10_000);
    }

    @Test
    void aHistoryOverTheBoundOfAllIsNotKeptAndItsMessagesAreDelivered() throws Exception {
        Client ann = fixture.client(0);
        Position place = place(ann.join("kept:r"));
        fixture.hub.publish(fixture.message("kept:r", "x".repeat(HubFixture.KEPT)));
        ann.publish("kept:r", "after");

        assertThat(fixture.client(0).join("kept:r", place).recovered()).isFalse();
        assertThat(ann.lines()).endsWith("after");
        assertThat(fixture.hub.keptBytes()).isLessThan(10_000);
    }

    @Test
    void whoLeftBeforeTheFirstMessageIsToldWhenWhatCameMeanwhileWasThrownAway() throws Exception {
        Client ann = fixture.client(0);
        Position before = place(ann.join("kept:r"));
        ann.end();
        fixture.hub.publish(fixture.message("kept:r", "1"));
        String large = "x".repeat(HubFixture.KEPT / 2);
        fixture.hub.publish(fixture.message("kept:a", large));
        fixture.hub.publish(fixture.message("kept:b", large));
        fixture.hub.publish(fixture.message("kept:r", "2"));
        fixture.hub.publish(fixture.message("kept:r", "3"));

        assertThat(fixture.client(0).join("kept:r", before).recovered()).isFalse();
        Position one = new Position(before.epoch(), 1);
        assertThat(fixture.client(0).join("kept:r", one).recovered()).isFalse();
    }

    @Test
    void aChannelThatWasSaidSomethingInIsKeptWhenAllHaveLeft() throws Exception {
        Client ann = fixture.client(0);
        Position place = place(ann.join("kept:r"));
        ann.publish("kept:r", "1");
        ann.end();

        assertThat(bodies(fixture.client(0).join("kept:r", place))).containsExactly("1");
    }

    @Test
    void channelsWithoutHistoryRecoverNothing() throws Exception {
        Joined joined = fixture.client(0).join("rt:g", new Position("e", 0));

        assertThat(joined.recovered()).isFalse();
        assertThat(joined.latest()).isNull();
    }

    @Test
    void volatileMessagesAndChangesAreNotKept() throws Exception {
        Client ann = fixture.client(0);
        Position place = place(ann.join("kept:r"));
        fixture.run(
                0,
                () -> {
                    fixture.hub.publish(fixture.message("kept:r", "v").to(Message.Reach.VOLATILE));
                    fixture.hub.publish(
                            new PresenceChange("kept:r", "t", "a", "up", new byte[0], 0));
                    fixture.hub.publish(fixture.message("kept:r", "1"));
                });

        assertThat(ann.lines()).containsExactly("v", "a up", "1");
        assertThat(bodies(fixture.client(0).join("kept:r", place))).containsExactly("1");
    }

    @Test
    void theNewestMessagesCanBeAskedFor() throws Exception {
        Client ann = fixture.client(0);
        ann.publish("kept:r", "1", "2", "3");

        var found = fixture.hub.history("kept:r", 2).toCompletableFuture().get();

        assertThat(found.messages()).extracting(Message::id).hasSize(2);
        assertThat(fixture.hub.history("kept:none", 2).toCompletableFuture().get().messages())
                .isEmpty();
    }

    @Test
    void whoJoinsWhileOthersPublishMissesNothingAndGetsNothingTwice() throws Exception {
        PositionForm form = new PositionForm();
        Position start = place(fixture.client(0).join("kept:r"));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clients.add(fixture.client(i % 2, null, form));
        }
        CompletableFuture<Void> publishing =
                CompletableFuture.runAsync(() ->
                        IntStream.range(0, 2000)
                                .forEach(i -> fixture.hub.publish(fixture.message("kept:r", "x"))));
        List<Position> joinedAt = new ArrayList<>();
        for (Client client : clients) {
            joinedAt.add(place(client.join("kept:r")));
        }
        publishing.join();
        fixture.settle();

        for (int i = 0; i < clients.size(); i++) {
            List<String> expected =
                    IntStream.rangeClosed((int) joinedAt.get(i).offset() + 1, 2000)
                            .mapToObj(Integer::toString)
                            .toList();
            assertThat(clients.get(i).lines())
                    .as("client %d joined at %s", i, joinedAt.get(i))
                    .isEqualTo(expected);
        }
        assertThat(start.offset()).isZero();
    }
}
