package io.sluice.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Named values in the order they were written. A name that came twice has its first place and its last value.
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    private final SequencedMap<String, JsonValue> fields;

    private JsonObject(SequencedMap<String, JsonValue> fields) {
        this.fields = fields;
    }

    /// An object of these fields, in the map's order.
    public static JsonObject of(Map<String, ? extends JsonValue> fields) {
        return new JsonObject(new LinkedHashMap<>(fields));
    }

    /// Takes the map as it is; nobody else may hold it.
    static JsonObject owning(SequencedMap<String, JsonValue> fields) {
        return new JsonObject(fields);
    }

    /// The value of this name, null when there is none. A JSON null is [JsonNull#NULL].
    public @Nullable JsonValue get(String name) {
        return fields.get(name);
    }

    /// The string of this name; null when it is absent or no string.
    public @Nullable String text(String name) {
        JsonValue value = fields.get(name);
        return value == null ? null : value.asText();
    }

    /// The object of this name; null when it is absent or no object.
    public @Nullable JsonObject object(String name) {
        return fields.get(name) instanceof JsonObject object ? object : null;
    }

    /// All fields in their order; cannot be changed.
    public SequencedMap<String, JsonValue> fields() {
        return Collections.unmodifiableSequencedMap(fields);
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /// A copy with this field: in its place when the name is there, else at the end.
    public JsonObject with(String name, JsonValue value) {
        SequencedMap<String, JsonValue> copy = new LinkedHashMap<>(fields);
        copy.put(name, value);
        return new JsonObject(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && fields.equals(object.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return "JsonObject" + fields;
    }
}
