package io.sluice.bus.redis;

import io.sluice.testkit.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisBusTest extends RedisContracts {
    private static RedisProcess redis;
    private static TwoNodes nodes;

    @BeforeAll
    static void start() {
        redis = RedisProcess.start();
        nodes = TwoNodes.on(redis.uri());
    }

    @AfterAll
    static void stop() {
        nodes.close();
        redis.close();
    }

    @Override
    TwoNodes onRedis() {
        return nodes;
    }
}
