package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Doc;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// `registry.static`.
public record StaticRegistryConfig(
        @Doc("The services that routes may name.") List<ServiceConfig> services)
        implements Checked {

    public StaticRegistryConfig {
        services = List.copyOf(services);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < services.size(); i++) {
            String name = services.get(i).name();
            if (!seen.add(name)) {
                problem.accept("services[" + i + "].name", "'" + name + "' is named twice");
            }
        }
    }
}
