package io.sluice.proxy.upstream.discovery;

import io.sluice.proxy.upstream.Instance;

/// A live instance and what its source last said about it.
public record Member(Instance instance, InstanceSpec spec) {}
