package io.sluice.bus.redis;

import io.sluice.bus.Log;
import io.sluice.bus.LogContract;
import io.sluice.bus.Nodes;
import io.sluice.bus.NumberedTopicsContract;
import io.sluice.bus.StateContract;
import io.sluice.bus.TopicsContract;
import io.sluice.testkit.RedisProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class RedisBusTest {
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

    @Nested
    class TopicsOverPubSub extends TopicsContract {
        @Override
        protected Nodes nodes() {
            return nodes;
        }
    }

    @Nested
    class NumberedTopicsOverStreams extends NumberedTopicsContract {
        @Override
        protected Nodes nodes() {
            return nodes;
        }
    }

    @Nested
    class StateUnderKeys extends StateContract {
        @Override
        protected Nodes nodes() {
            return nodes;
        }
    }

    @Nested
    class LogInStreams extends LogContract {
        @Override
        protected Log here() {
            return nodes.here().log();
        }

        @Override
        protected Log there() {
            return nodes.there().log();
        }
    }
}
