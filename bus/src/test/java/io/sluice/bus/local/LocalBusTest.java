package io.sluice.bus.local;

import io.sluice.bus.Bus;
import io.sluice.bus.Log;
import io.sluice.bus.LogContract;
import io.sluice.bus.Nodes;
import io.sluice.bus.NumberedTopicsContract;
import io.sluice.bus.StateContract;
import io.sluice.bus.TopicsContract;
import io.sluice.core.time.Ticker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

class LocalBusTest {
    private static final LocalBus BUS = LocalBus.alone(Ticker.system());

    private static final Nodes ALONE =
            new Nodes() {
                @Override
                public Bus here() {
                    return BUS;
                }

                @Override
                public Bus there() {
                    return BUS;
                }
            };

    @AfterAll
    static void close() {
        BUS.close();
    }

    @Nested
    class TopicsOfOneNode extends TopicsContract {
        @Override
        protected Nodes nodes() {
            return ALONE;
        }
    }

    @Nested
    class NumberedTopicsOfOneNode extends NumberedTopicsContract {
        @Override
        protected Nodes nodes() {
            return ALONE;
        }
    }

    @Nested
    class StateOfOneNode extends StateContract {
        @Override
        protected Nodes nodes() {
            return ALONE;
        }
    }

    @Nested
    class LogOfOneNode extends LogContract {
        @Override
        protected Log here() {
            return BUS.log();
        }

        @Override
        protected Log there() {
            return BUS.log();
        }
    }
}
