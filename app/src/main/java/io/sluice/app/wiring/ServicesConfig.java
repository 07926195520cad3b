package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.proxy.upstream.discovery.RegistryConfig;

/// The keys right below `gateway` about services; the root record holds it inline.
public record ServicesConfig(
        @Doc("Where services come from.") RegistryConfig registry,
        @Doc("How services are called.") BackendConfig backend) {}
