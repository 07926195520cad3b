package io.sluice.bench.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.bench.process.Commands;
import io.sluice.bench.realtime.Contestant.Need;
import io.sluice.bench.realtime.Contestant.Talk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client in C against the loop in C.
class ClientTest {
    @TempDir Path folder;

    private Programs programs = new Programs(Path.of(""), Path.of(""));

    @BeforeEach
    void compile() {
        assumeTrue(Commands.installed("cc") && Commands.installed("taskset"), "needs a C compiler");
        programs = new Programs(Path.of("..").toAbsolutePath().normalize(), folder);
        assertThat(programs.compile()).isNull();
    }

    @Test
    void everyMemberGetsEveryBroadcastOfItsRoomOnce() {
        try (Server server = Server.start(Contestants.LOOP, programs, 1);
                Client client = client(server, Talk.ROOMS, 10)) {
            assertThat(client.ask("open 25").number("open")).isEqualTo(25);
            Answer one = client.ask("flight 1 0.2");
            Answer many = client.ask("flight 16 0.2");
            Answer paced = client.ask("pace 100 0.2");

            assertThat(List.of(one, many, paced))
                    .allSatisfy(answer -> {
                        assertThat(answer.number("wrong")).isZero();
                        assertThat(answer.number("messages")).isPositive();
                        assertThat(answer.p99Millis()).isPositive();
                    });
            assertThat(paced.number("messages")).isLessThanOrEqualTo(21);
        }
    }

    @Test
    void subscribersGetWhatIsPostedToTheirChannel() {
        try (Server server = Server.start(Contestants.LOOP, programs, 1);
                Client client = client(server, Talk.EVENTS, 10)) {
            client.ask("open 20");
            Answer answer = client.ask("flight 1 0.2");

            assertThat(answer.number("deliveries")).isEqualTo(10 * answer.number("messages"));
            assertThat(answer.number("wrong")).isZero();
        }
    }

    @Test
    void handshakesAreCountedAndMembersCanCloseAndComeBack() {
        try (Server server = Server.start(Contestants.LOOP, programs, 1);
                Client client = client(server, Talk.ROOMS, 10)) {
            assertThat(client.ask("shake 100 10").number("handshakes")).isEqualTo(100);
            client.ask("open 20");
            assertThat(client.ask("close").number("open")).isZero();
            client.ask("open 10");
            assertThat(client.ask("flight 1 0.1").number("wrong")).isZero();
        }
    }

    @Test
    void membersThatWereResetComeBack() {
        try (Server server = Server.start(Contestants.LOOP, programs, 1);
                Client client = client(server, Talk.ROOMS, 10)) {
            assertThat(client.ask("rejoin 50 0.1 60").number("back")).isEqualTo(50);
            assertThat(client.ask("rejoin 50 0 60").number("back")).isEqualTo(50);
            server.nodes().forEach(Commands::stop);

            Answer nobody = client.ask("rejoin 50 0 0.2");

            assertThat(nobody.number("back")).isZero();
            assertThat(nobody.number("unreachable")).isPositive();
        }
    }

    @Test
    void theReasonOfAClientThatEndedIsTold() {
        Contestant gone =
                new Contestant("gone", Need.NOTHING, "", Contestants.LOOP.command(), 0, Map.of());
        try (Server server = Server.start(gone, programs, 1);
                Client client =
                        Client.start(
                                programs, server, List.of("path=/", "room=1", "expect=never"))) {
            server.nodes().forEach(Commands::stop);

            assertThatIllegalStateException()
                    .isThrownBy(() -> client.ask("open 1"))
                    .withMessageContaining("cannot connect");
        }
    }

    private Client client(Server server, Talk talk, int room) {
        List<String> arguments =
                new ArrayList<>(Contestants.LOOP.talks().getOrDefault(talk, List.of()));
        arguments.add("room=" + room);
        return Client.start(programs, server, arguments);
    }
}
