package io.sluice.proxy.upstream.balance;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.LatencyMeter;

/// What one more call to an instance is expected to cost; only comparisons mean anything.
@FunctionalInterface
interface Cost {
    /// Stands for the latency of an instance that has calls under way but never answered one.
    double UNKNOWN_NANOS = 1e12;

    double of(Instance instance);

    /// Calls under way, by weight.
    static double connections(Instance instance) {
        return (instance.load().active() + 1) / Weighing.BY_WEIGHT.share(instance);
    }

    /// Expected latency times calls under way, by weight.
    static Cost latency(Ticker ticker) {
        return instance -> {
            double expected = instance.load().measureLatency().expected(ticker.nanos());
            int active = instance.load().active();
            double latency = expected > 0 ? expected : active > 0 ? UNKNOWN_NANOS : 0;
            return latency * (active + 1) / Weighing.BY_WEIGHT.share(instance);
        };
    }

    /// As [#latency]; an instance that always fails costs ten times as much.
    static Cost latencyAndFailures(Ticker ticker) {
        Cost latency = latency(ticker);
        return instance -> {
            LatencyMeter meter = instance.load().measureLatency();
            return (latency.of(instance) + 1) * (1 + 9 * meter.failureRate());
        };
    }
}
