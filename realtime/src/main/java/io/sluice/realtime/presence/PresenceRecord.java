package io.sluice.realtime.presence;

import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A user in a room, as it is stored: `{"status","at","conns"}`.
///
/// @param atMs when the status began, milliseconds since the epoch
/// @param connections of the node that wrote it
public record PresenceRecord(PresenceStatus status, long atMs, int connections) {

    String json() {
        JsonWriter out = new JsonWriter().openObject();
        out.name("status").value(status.word()).name("at").value(atMs);
        out.name("conns").value(connections).closeObject();
        return new String(out.toBytes(), StandardCharsets.UTF_8);
    }

    /// @return null for text of somebody else
    static @Nullable PresenceRecord parse(String json) {
        if (!(JsonReader.read(json) instanceof JsonObject fields)) {
            return null;
        }
        String word = fields.text("status");
        PresenceStatus status = word == null ? null : PresenceStatus.of(word);
        return status == null
                ? null
                : new PresenceRecord(status, number(fields, "at"), (int) number(fields, "conns"));
    }

    private static long number(JsonObject fields, String name) {
        return fields.get(name) instanceof JsonNumber number ? (long) number.doubleValue() : 0;
    }
}
