package io.sluice.bus.redis;

import io.sluice.bus.Nodes;
import io.sluice.bus.NumberedTopicsContract;
import io.sluice.bus.TopicsContract;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// Sharded pub/sub, which the Redis that comes with the tests does not know.
@EnabledIfEnvironmentVariable(
        named = "REDIS_URL",
        matches = "redis://.+",
        disabledReason = "needs a Redis 7 or newer in REDIS_URL")
class RedisSevenTest {
    private static TwoNodes nodes;

    @BeforeAll
    static void connect() {
        URI redis = URI.create(System.getenv("REDIS_URL"));
        nodes = new TwoNodes(redis, redis, TwoNodes.PATIENT + ", sharded: true");
    }

    @AfterAll
    static void close() {
        nodes.close();
    }

    @Nested
    class TopicsOverShards extends TopicsContract {
        @Override
        protected Nodes nodes() {
            return nodes;
        }
    }

    @Nested
    class NumberedTopicsOverShards extends NumberedTopicsContract {
        @Override
        protected Nodes nodes() {
            return nodes;
        }
    }
}
