package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Inline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One of `registry.static.services`.
public record ServiceConfig(
        @Doc("Name that routes use.") String name,
        @Doc("What its instances speak, unless an instance says otherwise.")
                @Nullable BackendProtocol type,
        @Doc("Its running copies.") List<InstanceConfig> instances,
        @Doc("How the health of its instances is watched.") @Inline ServiceHealthConfig health)
        implements Checked {

    public ServiceConfig {
        instances = List.copyOf(instances);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (name.isBlank()) {
            problem.accept("name", "is empty, expected the name of a service");
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < instances.size(); i++) {
            String id = instances.get(i).effectiveId();
            if (!seen.add(id)) {
                problem.accept("instances[" + i + "].id", "'" + id + "' is used twice");
            }
        }
    }

    /// What the registry is told.
    public ServiceSpec spec() {
        return new ServiceSpec(
                name, instances.stream().map(instance -> instance.spec(type)).toList(), health);
    }
}
