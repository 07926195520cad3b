package io.sluice.core.config;

/// Where a value was written.
///
/// @param file as the user named it, or `environment` or `--set`
/// @param line 1-based, 0 when there is none
public record Place(String file, int line) {}
