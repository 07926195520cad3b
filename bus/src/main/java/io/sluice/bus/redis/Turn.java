package io.sluice.bus.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sluice.core.fail.GatewayException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The turn of one member of a group to read a topic: a key that ends unless it is renewed. One thread.
final class Turn {
    /// How often one without the turn looks whether it is free.
    static final Duration LOOK = Duration.ofMillis(500);

    private static final Duration LENGTH = Duration.ofSeconds(30);
    private static final Duration RENEW_AFTER = Duration.ofSeconds(5);

    private final StatefulRedisConnection<String, byte[]> connection;
    private final Lettuce lettuce;
    private final List<String> key;
    private final String self;
    private boolean held;
    private long takenNanos;

    Turn(
            StatefulRedisConnection<String, byte[]> connection,
            Lettuce lettuce,
            String topic,
            String group,
            String self) {
        this.connection = connection;
        this.lettuce = lettuce;
        this.key = List.of("{" + topic + "}:turn:" + group);
        this.self = self;
    }

    /// Takes it, or renews it when that is due.
    ///
    /// @return whether it is held
    boolean take(long nowNanos) throws Broken {
        if (held && nowNanos - takenNanos < RENEW_AFTER.toNanos()) {
            return true;
        }
        CompletionStage<Long> taken =
                Script.TAKE_TURN.run(
                        connection.async(),
                        ScriptOutputType.INTEGER,
                        key,
                        List.of(self, Long.toString(LENGTH.toMillis())));
        held = lettuce.await(taken) == 1;
        takenNanos = nowNanos;
        return held;
    }

    /// Gives it back, on another connection since this one may be waiting for records. The answer is not waited for.
    void end(Link link) {
        if (!held) {
            return;
        }
        try {
            Script.END_TURN.run(
                    link.session().commands(), ScriptOutputType.INTEGER, key, List.of(self));
        } catch (GatewayException _) {
            // The server is gone; the turn ends by itself.
        }
    }
}
