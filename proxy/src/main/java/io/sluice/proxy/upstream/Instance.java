package io.sluice.proxy.upstream;

import io.sluice.net.dial.Origin;

/// One running copy of a service. Has identity: pools and counters hang on the object, so a new snapshot keeps the
/// object of an instance that did not change. Any thread.
public final class Instance {
    private final String service;
    private final String id;
    private final Origin origin;
    private volatile int weight;
    private final InstanceLoad load = new InstanceLoad();
    private volatile boolean retired;

    /// @param id unique within the service; a metric label, so never from outside bytes
    /// @param weight share of traffic relative to the other instances, at least 0
    public Instance(String service, String id, Origin origin, int weight) {
        this.service = service;
        this.id = id;
        this.origin = origin;
        this.weight = weight;
    }

    public String service() {
        return service;
    }

    public String id() {
        return id;
    }

    public Origin origin() {
        return origin;
    }

    public int weight() {
        return weight;
    }

    /// For the owner of the snapshots, before it publishes one in which the new weight counts.
    public void weight(int newWeight) {
        weight = newWeight;
    }

    /// Live counters, shared by all loops.
    public InstanceLoad load() {
        return load;
    }

    /// For the owner of the snapshots: this object is in no snapshot any more. Its pools close what is idle and keep
    /// nothing; calls under way go on. Final.
    public void retire() {
        retired = true;
    }

    public boolean retired() {
        return retired;
    }

    @Override
    public String toString() {
        return service + '/' + id;
    }
}
