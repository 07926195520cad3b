package io.sluice.bus;

/// A member of a leased set.
public record Lease(String key, String member) {}
