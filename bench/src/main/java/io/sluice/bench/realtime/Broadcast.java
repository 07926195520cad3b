package io.sluice.bench.realtime;

import io.sluice.bench.realtime.Contestant.Talk;
import java.util.List;

/// A case about broadcasts. The first contestant is the yardstick of its ratios.
///
/// @param id word on the command line
/// @param title as in the report
/// @param terms what all contestants are told alike
/// @param members connections of each server
/// @param phases measured in every round, on the same connections
/// @param contestants who takes part
record Broadcast(
        String id,
        String title,
        Field.Terms terms,
        int members,
        List<Phase> phases,
        List<Contestant> contestants) {

    /// One way of putting load on.
    ///
    /// @param load a command of the client without its seconds
    /// @param goal ours, as in the report
    record Phase(String title, String load, String goal) {}

    static final List<Broadcast> ALL =
            List.of(
                    oneRoom(
                            "fanout",
                            "one room of 1,000 members, one broadcast under way",
                            new Phase("1 under way", "flight 1", "CPU ≤ 1.0")),
                    oneRoom(
                            "fanout16",
                            "one room of 1,000 members, 16 broadcasts under way",
                            new Phase("16 under way", "flight 16", "CPU ≤ 0.10")),
                    new Broadcast(
                            "rooms",
                            "100 rooms of 100 members, members send in turn",
                            new Field.Terms(Talk.ROOMS, 1, 100),
                            10_000,
                            List.of(
                                    new Phase("1 under way a room", "flight 1", "p99 ≤ 1.0"),
                                    new Phase("50,000 deliveries/s", "pace 500", "p99 ≤ 5 ms")),
                            List.of(
                                    Contestants.LOOP,
                                    Contestants.SLUICE,
                                    Contestants.WS,
                                    Contestants.SOCKET_IO)),
                    new Broadcast(
                            "sse-fanout",
                            "server-sent events, 1,000 subscribers, published over HTTP",
                            new Field.Terms(Talk.EVENTS, 1, 1000),
                            1000,
                            List.of(new Phase("1 under way", "flight 1", "CPU ≤ 1.1")),
                            List.of(
                                    Contestants.LOOP,
                                    Contestants.SLUICE_EVENTS,
                                    Contestants.NCHAN)),
                    new Broadcast(
                            "cluster",
                            "two nodes over Redis, one room of 1,000 members, 16 broadcasts under way",
                            new Field.Terms(Talk.ROOMS, 2, 1000),
                            1000,
                            List.of(new Phase("16 under way", "flight 16", "CPU ≤ 0.33")),
                            List.of(Contestants.SOCKET_IO_REDIS, Contestants.SLUICE_REDIS)));

    private static Broadcast oneRoom(String id, String title, Phase phase) {
        return new Broadcast(
                id,
                title,
                new Field.Terms(Talk.ROOMS, 1, 1000),
                1000,
                List.of(phase),
                List.of(
                        Contestants.LOOP,
                        Contestants.SLUICE,
                        Contestants.WS,
                        Contestants.SOCKET_IO,
                        Contestants.NCHAN));
    }
}
