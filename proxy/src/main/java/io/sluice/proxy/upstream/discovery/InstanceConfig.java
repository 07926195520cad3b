package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One of a service's `instances`.
public record InstanceConfig(
        @Doc("Name within the service; address:port when not set.") @Nullable String id,
        @Doc("Host name or IP address.") String address,
        @Doc("TCP port.") @Default("8080") int port,
        @Doc(
                        "Share of requests relative to the other instances; 0 takes no new ones. When left out metadata.weight, else 1.")
                @Nullable Integer weight,
        @Doc("healthy or unhealthy; an unhealthy one is never called.") @Default("healthy")
                InstanceSpec.Mark health,
        @Doc("What it speaks.") @Inline SpokenConfig spoken,
        @Doc("Words of your own; shown, not acted upon.") List<String> tags,
        @Doc("Pairs of your own; shown, not acted upon but for weight.")
                Map<String, String> metadata)
        implements Checked {

    /// The keys that say how an instance is spoken to.
    public record SpokenConfig(
            @Doc("http or https; ws, wss, grpc and grpcs are understood too.")
                    @Nullable BackendProtocol scheme,
            @Doc("What it speaks, where the scheme does not say it.")
                    @Nullable BackendProtocol protocol) {
        /// Whether the scheme goes over what service and `backend` section say about TLS.
        boolean inTheClear() {
            return scheme != null && scheme.clear() && (protocol == null || !protocol.secure());
        }
    }

    public InstanceConfig {
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (address.isBlank() || address.contains("/")) {
            problem.accept(
                    "address",
                    "'" + address + "', expected a host name or IP address without scheme or path");
        }
        if (port < 1 || port > 65535) {
            problem.accept("port", port + ", expected 1 to 65535");
        }
        int share = effectiveWeight();
        if (share < 0 || share > InstanceSpec.MAX_WEIGHT) {
            String key = weight == null ? "metadata.weight" : "weight";
            String found = weight == null ? "'" + metadata.get("weight") + "'" : "" + weight;
            problem.accept(key, found + ", expected 0 to " + InstanceSpec.MAX_WEIGHT);
        }
    }

    /// The id, or the one that stands for a missing one.
    String effectiveId() {
        return id == null || id.isBlank() ? address + ':' + port : id;
    }

    /// Negative when what stands there is no whole number.
    private int effectiveWeight() {
        if (weight != null) {
            return weight;
        }
        try {
            return Integer.parseInt(metadata.getOrDefault("weight", "1"));
        } catch (NumberFormatException refused) {
            return -1;
        }
    }

    InstanceSpec spec(@Nullable BackendProtocol serviceType) {
        Endpoint endpoint =
                Endpoint.of(address, port, serviceType, spoken.scheme(), spoken.protocol());
        return new InstanceSpec(
                effectiveId(),
                spoken.inTheClear() ? endpoint.inTheClear() : endpoint,
                effectiveWeight(),
                health,
                tags,
                metadata);
    }
}
