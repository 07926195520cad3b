package io.sluice.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;

/// The indexes of one loop against plain maps.
class ConnectionTableTest {
    private static final Loops LOOPS = new Loops(Transport.NIO, 1, new ManualTicker());

    @AfterContainer
    static void close() {
        LOOPS.close();
    }

    private static Connection connection(int id, String user) {
        Loop loop = LOOPS.all().getFirst();
        ConnectionId connectionId = new ConnectionId(id, id % 5);
        return new Connection(
                loop,
                connectionId,
                "test",
                HubFixture.principal(user),
                "",
                new RecordingWire(),
                new PositionForm());
    }

    @Property(tries = 200)
    void itFindsWhatAMapWouldFind(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 60) Integer> ids) {
        ConnectionTable table = new ConnectionTable();
        Users users = new Users();
        Map<Integer, Connection> model = new HashMap<>();
        for (int id : ids) {
            Connection known = model.remove(id);
            if (known == null) {
                Connection added = connection(id, "user-" + id % 4);
                model.put(id, added);
                table.add(added);
                users.add(added);
            } else {
                table.remove(known);
                users.remove(known);
            }
            assertSame(table, users, model);
        }
    }

    private static void assertSame(
            ConnectionTable table, Users users, Map<Integer, Connection> model) {
        assertThat(table.size()).isEqualTo(model.size());
        for (int id = 0; id <= 60; id++) {
            assertThat(table.find(new ConnectionId(id, id % 5))).isSameAs(model.get(id));
        }
        for (int user = 0; user < 4; user++) {
            String name = "user-" + user;
            Set<Connection> theirs = new HashSet<>(model.values());
            theirs.removeIf(connection -> !name.equals(connection.user()));
            assertThat(users.of(name)).containsExactlyInAnyOrderElementsOf(theirs);
        }
    }

    @Example
    void idsAreUuidsOfVersionFour() {
        ConnectionId id = ConnectionId.random(new SplittableRandom(1));

        assertThat(id.text())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(ConnectionId.parse(id.text())).isEqualTo(id);
        assertThat(ConnectionId.parse("no id")).isNull();
        assertThat(ConnectionId.parse("x".repeat(36))).isNull();
    }
}
