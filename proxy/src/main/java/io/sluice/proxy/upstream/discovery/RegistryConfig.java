package io.sluice.proxy.upstream.discovery;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Unsupported;
import java.util.Map;

/// `gateway.registry`: where services come from.
@Unsupported(
        keys = {"docker", "dockerCompose", "dockercompose"},
        why = "discovery of containers is not there yet; list the instances under static")
@Unsupported(
        keys = {"kubernetes"},
        why =
                "services are not looked for in Kubernetes; list them under static, or by the name of a headless service")
public record RegistryConfig(
        @Doc("Where services come from: static, docker or docker-compose.") @Default("static")
                Type type,
        @Doc("Services listed in this file.") @Alias("=static") StaticRegistryConfig staticServices,
        @Doc(
                        "Further sources of services, by the id of an extension, each with its own keys and values.")
                Map<String, Map<String, String>> discovery) {

    public RegistryConfig {
        discovery = Map.copyOf(discovery);
    }

    /// Sources of services.
    public enum Type {
        STATIC,
        DOCKER,
        @Alias("docker-compose")
        DOCKER_COMPOSE
    }
}
