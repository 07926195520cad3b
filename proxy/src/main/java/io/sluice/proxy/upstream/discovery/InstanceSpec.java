package io.sluice.proxy.upstream.discovery;

import java.util.List;
import java.util.Map;

/// What a source says about one instance.
///
/// @param id unique within the service
/// @param weight 0 to [#MAX_WEIGHT]
/// @param mark whether it may be called at all
public record InstanceSpec(
        String id,
        Endpoint endpoint,
        int weight,
        Mark mark,
        List<String> tags,
        Map<String, String> metadata) {

    public static final int MAX_WEIGHT = 1_000_000;

    /// What its owner says about its health.
    public enum Mark {
        HEALTHY,
        /// Never called, not even in panic mode.
        UNHEALTHY
    }

    public InstanceSpec {
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }
}
