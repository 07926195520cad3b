package io.sluice.proxy.upstream;

import io.sluice.core.life.Swap;

/// A named service whose instances change while it is used. Any thread.
public final class Service {
    private final String name;
    private final InstanceFeedback feedback;
    private final Swap<InstanceSet> instances;

    /// @param feedback hears of every call to an instance of this service
    public Service(String name, InstanceSet instances, InstanceFeedback feedback) {
        this.name = name;
        this.feedback = feedback;
        this.instances = new Swap<>(instances);
    }

    public String name() {
        return name;
    }

    /// The snapshot in force; take it once per decision.
    public InstanceSet instances() {
        return instances.get();
    }

    /// Puts a new snapshot in force. One writer at a time.
    public void instances(InstanceSet next) {
        instances.set(next);
    }

    public InstanceFeedback feedback() {
        return feedback;
    }
}
