package io.sluice.core.json;

/// `null`.
public enum JsonNull implements JsonValue {
    NULL
}
