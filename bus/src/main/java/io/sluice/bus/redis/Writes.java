package io.sluice.bus.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a server that is in reach takes writes too. One that does not still carries messages, but keeps and counts
/// nothing. Only the thread of the [Link].
final class Writes {
    private static final Logger LOG = LoggerFactory.getLogger(Writes.class);

    /// Never there: nothing is written behind its end.
    private static final String NO_KEY = "sluice:writes";

    private final String server;
    private final String part;
    private final Lettuce lettuce;
    private final Setting setting;
    private @Nullable Refusal refusal;

    /// @param server name of the server in health and metrics
    Writes(String server, Lettuce lettuce, Setting setting) {
        this.server = server;
        this.part = server + " writes";
        this.lettuce = lettuce;
        this.setting = setting;
    }

    /// Writes nothing, which is refused like anything else.
    void look(Session session) throws Broken, InterruptedException {
        Refusal now =
                lettuce.await(
                        session.commands()
                                .setrange(NO_KEY, 0, new byte[0])
                                .handle((_, failure) -> refusal(failure)));
        if (now != null && now.endsWithConnection()) {
            throw new Broken(now.why());
        }
        if (now == refusal) {
            return;
        }
        refusal = now;
        if (now == null) {
            setting.health().up(part);
            LOG.atInfo().addKeyValue("server", server).log("The bus takes writes again");
        } else {
            setting.health().gone(part, now.why());
            LOG.atWarn()
                    .addKeyValue("server", server)
                    .addKeyValue("why", now.why())
                    .log("The bus takes no writes; nothing is kept or counted");
        }
    }

    /// What else a server says to it is no refusal; a connection that broke says nothing.
    private static @Nullable Refusal refusal(@Nullable Throwable failure) {
        if (failure == null || failure instanceof RedisCommandExecutionException) {
            return Refusal.of(failure);
        }
        throw new CompletionException(failure);
    }

    /// The server is out of reach, which says enough.
    void forget() {
        refusal = null;
        setting.health().up(part);
    }
}
