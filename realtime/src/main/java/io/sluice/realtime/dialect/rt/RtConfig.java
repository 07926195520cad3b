package io.sluice.realtime.dialect.rt;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Unit;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// `gateway.realtime.rt`: the face rt.
public record RtConfig(
        @Doc("Whether clients of this dialect are served.") @Default("false") boolean enabled,
        @Doc("Path of the WebSocket, exact; the query is ignored.") @Default("/rt") String path,
        @Doc("Heartbeat interval that clients are told; a plain number counts milliseconds.")
                @Default("10s")
                @Unit(ChronoUnit.MILLIS)
                Duration heartbeatInterval,
        @Doc("A client that sends nothing for this long is closed with 4000; 0 for never.")
                @Default("25s")
                @Unit(ChronoUnit.MILLIS)
                Duration heartbeatTimeout,
        @Doc("How long a session is remembered when its group has no members any more.")
                @Default("15s")
                @Unit(ChronoUnit.MILLIS)
                Duration orphanSessionTtl,
        @Doc("Whether only members may send to a group.") @Default("false")
                boolean requireMembership,
        @Doc("Whether clients need a credential; as auth.required says when left out.")
                @Nullable Boolean authRequired,
        @Doc(
                        "Groups that clients may be in and send to, others are answered with the error NOT_ALLOWED: {user} stands for the subject of their credential, * at the end for any rest. Without a plain *, only credentials with the scope realtime:api may watch all groups, and send to everybody.")
                @Default("['*']")
                List<String> joinGroups)
        implements Checked {

    public static final RtConfig DEFAULT =
            new RtConfig(
                    true,
                    "/rt",
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(15),
                    false,
                    null,
                    List.of("*"));

    public RtConfig {
        joinGroups = List.copyOf(joinGroups);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!path.startsWith("/")) {
            problem.accept("path", "'" + path + "', expected a path such as /rt");
        }
        for (String pattern : joinGroups) {
            if (!GroupRules.wellFormed(pattern)) {
                problem.accept(
                        "joinGroups",
                        "'" + pattern + "', expected a group, or a beginning followed by *");
            }
        }
    }
}
