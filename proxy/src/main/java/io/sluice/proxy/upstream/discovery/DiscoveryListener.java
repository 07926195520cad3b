package io.sluice.proxy.upstream.discovery;

import java.util.Collection;

/// Hears what a source of services finds. Any thread but a loop: it may wait for a reload to end.
@FunctionalInterface
public interface DiscoveryListener {

    /// @param services all there are now; those missing here are gone. A service of the same name in the configuration,
    ///     or of a source named before, wins.
    void found(Collection<ServiceSpec> services);
}
