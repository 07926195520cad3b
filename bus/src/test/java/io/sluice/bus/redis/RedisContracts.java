package io.sluice.bus.redis;

import io.sluice.bus.Log;
import io.sluice.bus.LogContract;
import io.sluice.bus.Nodes;
import io.sluice.bus.NumberedTopicsContract;
import io.sluice.bus.StateContract;
import io.sluice.bus.TopicsContract;
import org.junit.jupiter.api.Nested;

/// All contracts of the bus, for a Redis of whatever kind.
abstract class RedisContracts {

    /// Two nodes on it.
    abstract TwoNodes onRedis();

    @Nested
    class TopicsOverPubSub extends TopicsContract {
        @Override
        protected Nodes nodes() {
            return onRedis();
        }
    }

    @Nested
    class NumberedTopicsOverStreams extends NumberedTopicsContract {
        @Override
        protected Nodes nodes() {
            return onRedis();
        }
    }

    @Nested
    class StateUnderKeys extends StateContract {
        @Override
        protected Nodes nodes() {
            return onRedis();
        }
    }

    @Nested
    class LogInStreams extends LogContract {
        @Override
        protected Log here() {
            return onRedis().here().log();
        }

        @Override
        protected Log there() {
            return onRedis().there().log();
        }
    }
}
