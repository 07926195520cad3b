package io.sluice.proxy.upstream;

/// Makes the meter of an instance; called once per loop and instance, on any loop.
@FunctionalInterface
public interface InstanceMeters {
    InstanceMeter of(Instance instance);

    /// Counts nothing.
    static InstanceMeters none() {
        return instance -> NoMeter.INSTANCE;
    }
}
