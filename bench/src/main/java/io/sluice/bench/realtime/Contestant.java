package io.sluice.bench.realtime;

import java.util.List;
import java.util.Map;

/// One server that takes part, and how the client talks to it.
///
/// @param name as in the report
/// @param needs what must be installed
/// @param config name of its configuration template, or empty
/// @param command may hold `${port}`, `${redis}`, `${config}`, `${folder}`, `${root}`, `${node}` and `${loop}`
/// @param warmSeconds load before the first counted round; with 300 broadcasts a second the JVM's compilers are busy for a
///     minute, on the core they share with the load
/// @param talks arguments of the client, by what is measured
record Contestant(
        String name,
        Need needs,
        String config,
        List<String> command,
        int warmSeconds,
        Map<Talk, List<String>> talks) {

    /// What a contestant may lack on this machine.
    enum Need {
        NOTHING,
        NODE,
        NCHAN
    }

    /// What its members say and expect.
    enum Talk {
        ROOMS,
        EVENTS,
        HANDSHAKES
    }
}
