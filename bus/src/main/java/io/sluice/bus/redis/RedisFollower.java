package io.sluice.bus.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.sluice.bus.Handling;
import io.sluice.bus.RedisConfig;
import io.sluice.bus.Subscription;
import io.sluice.core.id.IdSource;
import io.sluice.core.time.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One member of a group: for each topic a virtual thread with a connection of its own, made again when it breaks.
final class RedisFollower implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(RedisFollower.class);
    private static final long PAUSE_STEP_MILLIS = 50;

    private final Lettuce lettuce;
    private final Link link;
    private final Setting setting;
    private final String group;
    private final Handling handling;
    private final Consumer<RedisFollower> closed;
    private final String self;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;

    RedisFollower(
            Lettuce lettuce,
            Link link,
            Setting setting,
            String group,
            Handling handling,
            Consumer<RedisFollower> closed) {
        this.lettuce = lettuce;
        this.link = link;
        this.setting = setting;
        this.group = group;
        this.handling = handling;
        this.closed = closed;
        this.self = setting.node() + "/" + IdSource.seeded(setting.ticker()).spanId();
    }

    void start(String topic) {
        threads.add(Thread.ofVirtual().name("bus-log").start(() -> run(topic)));
    }

    private void run(String topic) {
        int failures = 0;
        while (open) {
            try {
                RedisURI place = link.server().find();
                StatefulRedisConnection<String, byte[]> connection = lettuce.connect(place);
                try {
                    Turn turn = new Turn(connection, lettuce, topic, group, self);
                    try {
                        follow(new GroupReader(connection, lettuce, topic, group), turn, place);
                    } finally {
                        turn.end(link);
                    }
                } finally {
                    connection.closeAsync();
                }
            } catch (Broken e) {
                failures++;
                LOG.atDebug()
                        .addKeyValue("topic", topic)
                        .addKeyValue("why", e.why())
                        .log("A log cannot be read for now");
            } catch (InterruptedException _) {
                return;
            }
            pause(failures);
        }
    }

    private void follow(GroupReader reader, Turn turn, RedisURI place)
            throws Broken, InterruptedException {
        reader.join();
        while (open) {
            if (link.hasLeft(place)) {
                throw new Broken("another server is the master");
            }
            if (turn.take(setting.ticker().nanos())) {
                for (GroupReader.Read read : reader.next()) {
                    turn.take(setting.ticker().nanos());
                    handling.take(read.record());
                    reader.done(read);
                }
            } else {
                reader.restart();
                Pause.of(Turn.LOOK);
            }
        }
    }

    private void pause(int failures) {
        RedisConfig.Limits limits = setting.limits();
        long pause = Math.min(PAUSE_STEP_MILLIS * failures, limits.reconnectPause().toMillis());
        try {
            if (open) {
                Pause.of(Duration.ofMillis(pause));
            }
        } catch (InterruptedException _) {
            open = false;
        }
    }

    @Override
    public void close() {
        open = false;
        threads.forEach(Thread::interrupt);
        closed.accept(this);
    }
}
