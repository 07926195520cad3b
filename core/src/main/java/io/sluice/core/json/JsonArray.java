package io.sluice.core.json;

import java.util.List;

/// Values in their order.
public record JsonArray(List<JsonValue> items) implements JsonValue {

    public JsonArray {
        items = List.copyOf(items);
    }
}
