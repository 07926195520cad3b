package io.sluice.realtime.dialect.rt;

import io.sluice.core.telemetry.Level;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.loop.Loop;
import java.util.concurrent.TimeUnit;

/// Once a second forgets the sessions whose time is over, and shows what this node holds for its groups.
final class RtUpkeep {
    private static final long PERIOD_MILLIS = 1_000;

    private final RtGroups groups;
    private final RtSessions sessions;
    private final Level groupCount;
    private final Level sessionCount;
    private final Level sessionBytes;

    RtUpkeep(RtGroups groups, RtSessions sessions, Metrics metrics) {
        this.groups = groups;
        this.sessions = sessions;
        this.groupCount =
                metrics.gauges("gateway_rt_groups", "Groups of rt with members on this node.").of();
        this.sessionCount =
                metrics.gauges("gateway_rt_sessions", "Sessions of rt that are remembered.").of();
        this.sessionBytes =
                metrics.gauges(
                                "gateway_rt_session_bytes",
                                "Bytes of the sessions of rt that are remembered, about.")
                        .of();
    }

    /// For as long as the loop lives.
    void runOn(Loop loop) {
        loop.executor().scheduleAtFixedRate(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        sessions.sweep();
        groupCount.set(groups.size());
        sessionCount.set(sessions.size());
        sessionBytes.set((double) sessions.bytes());
    }
}
