package io.sluice.core.json;

import org.jspecify.annotations.Nullable;

/// Any JSON value (RFC 8259), immutable. Made by [JsonReader] from bytes, or by hand; written by [JsonWriter].
public sealed interface JsonValue
        permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

    /// The text of a string, null for every other value.
    default @Nullable String asText() {
        return this instanceof JsonString string ? string.value() : null;
    }
}
