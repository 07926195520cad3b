package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.FailureKind;
import io.sluice.net.loop.Loop;
import io.sluice.testkit.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Whatever came and went, nothing of it stays.
@ExtendWith(LeakCheck.class)
class ZeroStateTest {
    private final HubFixture fixture = new HubFixture(2);

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertNothingIsLeft() throws Exception {
        assertThat(fixture.hub.channels()).isEmpty();
        assertThat(fixture.hub.connections()).isZero();
        assertThat(fixture.hub.keptBytes()).isZero();
        for (Loop loop : fixture.loops.all()) {
            LoopHub hub = fixture.hub.on(loop);
            fixture.run(
                    loop.index(),
                    () -> {
                        assertThat(hub.shards()).isZero();
                        assertThat(hub.users().count()).isZero();
                        assertThat(hub.connections().size()).isZero();
                        assertThat(hub.pass().anythingPending()).isFalse();
                        assertThat(hub.anyBehind()).isFalse();
                    });
        }
    }

    @Test
    void tenThousandJoinsAndLeavesEndAtZero() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(fixture.client(i % 2, "user-" + i % 7, fixture.form));
        }

        for (Client client : clients) {
            fixture.run(
                    client.loop(),
                    () -> {
                        for (int i = 0; i < 250; i++) {
                            String channel = "rt:" + i % 60;
                            fixture.hub.join(client.connection(), channel);
                            fixture.hub.publish(fixture.message(channel, "x"));
                            if (i % 3 > 0) {
                                fixture.hub.leave(client.connection(), channel);
                            }
                        }
                        for (String channel : client.connection().channels()) {
                            fixture.hub.leave(client.connection(), channel);
                        }
                    });
            assertThat(client.connection().joined()).isZero();
        }
        assertThat(fixture.hub.channels()).isEmpty();

        for (Client client : clients) {
            client.end();
        }
        assertNothingIsLeft();
    }

    @Test
    void fiftyThousandChannelsInWhichNobodySaidAnythingLeaveNoHistory() throws Exception {
        Client ann = fixture.client(0);
        Client bob = fixture.client(1);
        for (Client client : List.of(ann, bob)) {
            fixture.run(
                    client.loop(),
                    () -> {
                        for (int i = 0; i < 50_000; i++) {
                            String channel = "kept:" + i;
                            fixture.hub.join(client.connection(), channel);
                            fixture.hub.leave(client.connection(), channel);
                        }
                    });
        }
        ann.join("kept:still");
        bob.join("kept:still");
        bob.end();
        assertThat(fixture.hub.keptBytes()).isPositive();
        ann.end();

        assertNothingIsLeft();
        assertThat(fixture.counts.historiesDropped).hasValue(0);
    }

    @Test
    void connectionsThatEndWithAllTheirMembershipsLeaveNothing() throws Exception {
        SplittableRandom random = new SplittableRandom(3);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Client client = fixture.client(i % 2, "user-" + i % 7, fixture.form);
            clients.add(client);
            fixture.run(
                    client.loop(),
                    () -> {
                        for (int j = 0; j < 20; j++) {
                            fixture.hub.join(client.connection(), "rt:" + random.nextInt(30));
                        }
                    });
        }

        for (Client client : clients) {
            fixture.run(
                    client.loop(),
                    () -> {
                        fixture.hub.publish(fixture.message("rt:1", "x"));
                        fixture.hub.closed(client.connection(), FailureKind.CLIENT_GONE);
                        fixture.hub.closed(client.connection(), null);
                    });
        }

        assertNothingIsLeft();
        assertThat(fixture.counts.closed).hasValue(200);
    }

    @Test
    void featuresHearOfEachConnectionOnce() throws Exception {
        List<String> heard = new ArrayList<>();
        fixture.hub.listen(
                new ConnectionListener() {
                    @Override
                    public void opened(Connection connection) {
                        heard.add("opened " + connection.user());
                    }

                    @Override
                    public void closed(
                            Connection connection, List<String> left, @Nullable FailureKind why) {
                        heard.add("closed " + left + " " + why + " " + fixture.hub.size("rt:a"));
                    }
                });
        Client ann = fixture.client(0, "ann", fixture.form);
        ann.join("rt:a");

        fixture.run(
                0,
                () -> {
                    fixture.hub.closed(ann.connection(), FailureKind.HEARTBEAT_TIMEOUT);
                    fixture.hub.closed(ann.connection(), null);
                });

        assertThat(heard).containsExactly("opened ann", "closed [rt:a] HEARTBEAT_TIMEOUT 0");
        assertNothingIsLeft();
    }

    @Test
    void anEndedConnectionJoinsNothing() throws Exception {
        Client ann = fixture.client(0);
        ann.end();

        fixture.run(
                0,
                () ->
                        assertThat(fixture.hub.join(ann.connection(), "rt:a"))
                                .isCompletedExceptionally());

        assertNothingIsLeft();
    }
}
