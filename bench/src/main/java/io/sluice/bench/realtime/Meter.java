package io.sluice.bench.realtime;

import io.sluice.bench.process.Cpu;
import java.util.Locale;

/// CPU time of a server between two moments, and what else its core did meanwhile.
record Meter(Server server, double serverBefore, double coreBefore) {

    /// @param server seconds that the server used
    /// @param others seconds of its core that others used: other servers, Redis, the machine
    record Used(double server, double others) {
        private static final double WORTH_A_WORD = 0.15;

        /// Empty unless the core was shared enough to disturb latencies.
        String remark() {
            return others > WORTH_A_WORD * (server + others)
                    ? String.format(Locale.ROOT, " (others used its core for %.1f s)", others)
                    : "";
        }
    }

    static Meter start(Server server) {
        return new Meter(server, server.cpuSeconds(), Cpu.coreSeconds(Server.CORE));
    }

    Used stop() {
        double used = server.cpuSeconds() - serverBefore;
        return new Used(used, Math.max(0, Cpu.coreSeconds(Server.CORE) - coreBefore - used));
    }
}
