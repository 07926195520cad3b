package io.sluice.core.json;

/// A string; may hold surrogates without their partner, as escapes can make them.
public record JsonString(String value) implements JsonValue {}
