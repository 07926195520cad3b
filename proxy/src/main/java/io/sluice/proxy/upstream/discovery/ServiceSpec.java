package io.sluice.proxy.upstream.discovery;

import java.util.List;

/// What a source says about one service.
public record ServiceSpec(String name, List<InstanceSpec> instances, ServiceHealthConfig health) {

    public ServiceSpec {
        instances = List.copyOf(instances);
    }
}
