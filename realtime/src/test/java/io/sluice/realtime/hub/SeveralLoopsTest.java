package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.FailureKind;
import io.sluice.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Members on several loops, publishers on any thread.
@ExtendWith(LeakCheck.class)
class SeveralLoopsTest {
    private final HubFixture fixture =
            new HubFixture(3, new HubSettings(1 << 20, 1 << 19, HubFixture.histories(), 1 << 20));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aMessageReachesMembersOnAllLoopsInTheOrderOfItsPublisher() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Client client = fixture.client(i % 3);
            client.join("rt:g");
            clients.add(client);
        }

        clients.getFirst().publish("rt:g", "1", "2", "3");
        IntStream.range(4, 7)
                .forEach(i -> fixture.hub.publish(fixture.message("rt:g", Integer.toString(i))));
        fixture.settle();

        for (Client client : clients) {
            assertThat(client.lines()).containsExactly("1", "2", "3", "4", "5", "6");
        }
        assertThat(fixture.hub.size("rt:g")).isEqualTo(6);
        assertThat(fixture.hub.channels()).isEqualTo(Map.of("rt:g", 6));
    }

    @Test
    void messagesOfAChannelWithHistoryReachAllMembersInOneOrder() throws Exception {
        PositionForm form = new PositionForm();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Client client = fixture.client(i % 3, null, form);
            client.join("kept:g");
            clients.add(client);
        }

        List<CompletableFuture<?>> publishers = new ArrayList<>();
        for (int p = 0; p < 6; p++) {
            int publisher = p;
            Runnable publish =
                    () -> {
                        for (int i = 0; i < 200; i++) {
                            fixture.hub.publish(fixture.message("kept:g", publisher + "-" + i));
                        }
                    };
            publishers.add(
                    p < 3
                            ? CompletableFuture.runAsync(publish, fixture.loop(p).executor())
                            : CompletableFuture.runAsync(publish));
        }
        CompletableFuture.allOf(publishers.toArray(CompletableFuture[]::new)).join();
        fixture.settle();

        List<String> offsets = IntStream.rangeClosed(1, 1200).mapToObj(Integer::toString).toList();
        for (Client client : clients) {
            assertThat(client.lines()).isEqualTo(offsets);
        }
    }

    @Test
    void theConnectionsOfAUserAreFoundAndClosedOnAllLoops() throws Exception {
        Client ann0 = fixture.client(0, "ann", fixture.form);
        Client ann1 = fixture.client(1, "ann", fixture.form);
        Client ann1Too = fixture.client(1, "ann", fixture.form);
        Client bob = fixture.client(1, "bob", fixture.form);
        ann1.end();

        List<Member> found = fixture.hub.connectionsOf("ann").toCompletableFuture().get();
        assertThat(found)
                .extracting(Member::id)
                .containsExactlyInAnyOrder(ann0.connection().id(), ann1Too.connection().id());

        fixture.hub.disconnectUser("ann", FailureKind.KICKED, "bye");
        fixture.settle();

        assertThat(ann0.wire().closed()).isEqualTo(FailureKind.KICKED);
        assertThat(ann1Too.wire().closed()).isEqualTo(FailureKind.KICKED);
        assertThat(ann1.wire().closed()).isNull();
        assertThat(bob.wire().closed()).isNull();
        assertThat(ann0.connection().isOpen()).isTrue();
    }

    @Test
    void oneConnectionIsClosedByItsId() throws Exception {
        Client ann = fixture.client(2, "ann", fixture.form);
        Client bob = fixture.client(2, "bob", fixture.form);

        fixture.hub.disconnect(ann.connection().id(), FailureKind.KICKED, "bye");
        fixture.settle();

        assertThat(ann.wire().closed()).isEqualTo(FailureKind.KICKED);
        assertThat(bob.wire().closed()).isNull();
    }

    @Test
    void theMembersOfAChannelAreTold() throws Exception {
        Client ann = fixture.client(0, "ann", fixture.form);
        Client bob = fixture.client(2, "bob", fixture.form);
        ann.join("rt:g");
        bob.join("rt:g");

        List<Member> members = fixture.hub.members("rt:g").toCompletableFuture().get();

        assertThat(members).extracting(Member::user).containsExactlyInAnyOrder("ann", "bob");
        assertThat(fixture.hub.members("rt:none").toCompletableFuture().get()).isEmpty();
    }
}
