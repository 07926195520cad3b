package io.sluice.proxy.upstream.discovery;

import io.sluice.proxy.upstream.Service;
import java.util.List;

/// Stands between the members of a service and the snapshot its balancers see: decides who may be picked.
public interface ServiceKeeper {

    /// Opens the keeper of a service that has no members yet.
    @FunctionalInterface
    interface Factory {
        ServiceKeeper open(String serviceName);
    }

    /// The same object for the keeper's whole life; its snapshots are the keeper's to write.
    Service service();

    /// New members. The snapshot without those that left is in force when this returns.
    void update(List<Member> members, ServiceHealthConfig health);

    /// Ends all watching; the service stays as it is.
    void close();
}
