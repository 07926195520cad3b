package io.sluice.bus.redis;

import static org.junit.jupiter.api.Assumptions.abort;

import io.sluice.bus.Nodes;
import io.sluice.bus.NumberedTopicsContract;
import io.sluice.bus.TopicsContract;
import io.sluice.testkit.RedisProcess;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// Everything on a Redis 7 or newer: the one in REDIS_URL, else the one that is installed on this machine. Sharded pub/sub
/// is what the Redis that comes with the tests does not know.
class RedisSevenTest extends RedisContracts {
    private static final int SEVEN = 7;

    private static @Nullable RedisProcess own;
    private static TwoNodes plain;
    private static TwoNodes sharded;

    @BeforeAll
    static void connect() {
        URI redis = server();
        plain = TwoNodes.on(redis);
        sharded = new TwoNodes(redis, redis, TwoNodes.PATIENT + ", sharded: true");
    }

    private static URI server() {
        String given = System.getenv("REDIS_URL");
        if (given != null && !given.isBlank()) {
            return URI.create(given);
        }
        own = RedisProcess.startInstalled(SEVEN);
        return own == null
                ? abort("needs a Redis 7 or newer, in REDIS_URL or installed as redis-server")
                : own.uri();
    }

    @AfterAll
    static void close() {
        if (plain != null && sharded != null) {
            plain.close();
            sharded.close();
        }
        if (own != null) {
            own.close();
        }
    }

    @Nested
    class TopicsOverShards extends TopicsContract {
        @Override
        protected Nodes nodes() {
            return sharded;
        }
    }

    @Nested
    class NumberedTopicsOverShards extends NumberedTopicsContract {
        @Override
        protected Nodes nodes() {
            return sharded;
        }
    }

    @Override
    TwoNodes onRedis() {
        return plain;
    }
}
