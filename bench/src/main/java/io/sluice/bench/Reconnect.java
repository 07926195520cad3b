package io.sluice.bench;

import io.sluice.bench.process.Commands;
import io.sluice.bench.process.Ports;
import io.sluice.bench.realtime.Answer;
import io.sluice.bench.realtime.Client;
import io.sluice.bench.realtime.Programs;
import io.sluice.bench.realtime.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// 2,000 WebSockets in groups of ten come back within one second, each trying until it has joined its group: after all
/// were reset while the gateway was up, and after the gateway was killed and started again, while it still starts.
record Reconnect(Path root, Programs programs) {
    static final String ID = "reconnect";
    static final String TITLE = "2,000 WebSockets come back within 1 s";

    private static final String REJOIN = "rejoin 2000 1 30";
    private static final int RESETS = 5;
    private static final List<String> TALK =
            List.of(
                    "path=/rt",
                    "room=10",
                    "expect=\"ready\"",
                    "send={\"type\":\"identify\",\"ts\":1,\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"g%R\"}}",
                    "expect=\"presence\":{");

    Section measure() {
        Peer peer =
                new Peer(
                        Peer.SLUICE,
                        "realtime/sluice-realtime.yaml",
                        List.of(root.resolve("sluice").toString(), "run", "--config", "CONFIG"),
                        Peer.WARM_JIT);
        int port = Ports.free();
        List<Answer> resets = new ArrayList<>();
        Answer killed;
        Running first = launch(peer, port);
        try (Client client = Client.start(programs, List.of(port), TALK)) {
            Ports.await(first.process(), port, peer.name());
            say("first", client.ask(REJOIN));
            for (int i = 0; i < RESETS; i++) {
                resets.add(say("reset", client.ask(REJOIN)));
            }
            first.process().destroyForcibly().onExit().join();
            try (Running _ = launch(peer, port)) {
                killed = say("killed", client.ask(REJOIN));
            }
        } finally {
            Commands.stop(first.process());
        }
        return section(resets, killed);
    }

    private Running launch(Peer peer, int port) {
        return Running.launch(peer, programs.folder(), Runs.gatewayCore(), Map.of(), port);
    }

    private static Answer say(String what, Answer answer) {
        System.out.printf(
                Locale.ROOT,
                "  %-7s %.0f back in %.2f s, p99 %.1f ms, %.0f unreachable, %.0f with 503, %.0f with 1013, %.0f lost%n",
                what,
                answer.number("back"),
                answer.number("seconds"),
                answer.p99Millis(),
                answer.number("unreachable"),
                answer.number("refused"),
                answer.number("tryLater"),
                answer.number("lost"));
        return answer;
    }

    private static Section section(List<Answer> resets, Answer killed) {
        Answer slowest = resets.getFirst();
        for (Answer reset : resets) {
            slowest = reset.p99Millis() > slowest.p99Millis() ? reset : slowest;
        }
        String table =
                """
                | what happened | back | all back after | p99 ms | attempts before the gateway listened | 503 or 1013 | lost | goal |
                |---|---|---|---|---|---|---|---|
                """
                        + line("all reset, slowest of " + resets.size(), slowest)
                        + line("gateway killed and started again", killed);
        return new Section(
                ID,
                TITLE,
                table,
                "seconds until all are back",
                List.of(
                        new Section.Bar("reset", Peer.SLUICE, slowest.number("seconds")),
                        new Section.Bar("killed", Peer.SLUICE, killed.number("seconds"))));
    }

    private static String line(String what, Answer answer) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %.2f s | %.0f | %,.0f | %.0f | %.0f | ≤ 10 s |%n",
                what,
                answer.number("back"),
                answer.number("seconds"),
                answer.p99Millis(),
                answer.number("unreachable"),
                answer.number("refused") + answer.number("tryLater"),
                answer.number("lost"));
    }
}
