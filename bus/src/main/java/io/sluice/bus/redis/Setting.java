package io.sluice.bus.redis;

import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.RedisConfig;
import io.sluice.core.time.Ticker;

/// What all parts of one Redis bus are given.
///
/// @param node name of this node
record Setting(
        String node, RedisConfig config, Ticker ticker, BusHealth health, BusMetrics metrics) {
    RedisConfig.Limits limits() {
        return config.limits();
    }
}
