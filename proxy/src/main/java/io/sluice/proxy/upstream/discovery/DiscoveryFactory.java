package io.sluice.proxy.upstream.discovery;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one kind of source of services; the seam for further ones. Outside jars bring theirs by
/// [java.util.ServiceLoader].
public interface DiscoveryFactory {

    /// The key under `registry.discovery`, and the metric label. Lower case, digits and hyphens.
    String id();

    /// What keeps these settings from being used, or null. Opens nothing; `sluice check` asks too.
    default @Nullable String problem(Map<String, String> settings) {
        return null;
    }

    /// Starts to look. Called off the loops when a configuration names the id; a source whose settings stay the same
    /// lives on across reloads. Must not wait for what it looks at.
    ///
    /// @param settings the keys and values below the id
    /// @param listener told of all services found, at first and whenever they change
    /// @throws RuntimeException when the settings cannot be used; the configuration is refused then
    Discovery open(Map<String, String> settings, DiscoveryListener listener);
}
