package io.sluice.realtime.dialect.rt;

import io.sluice.core.json.JavaScriptText;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonReader;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.core.json.JsonWriter;
import io.sluice.core.json.JsonWriter.Style;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The name of a group. Clients may use any value of JSON as one, and `123` is another group than `"123"`.
///
/// @param local name of its channel in this face: a string is itself; a string that begins with `#` has another before
///     it; anything else, and a string with half a character in it, which no bus could carry, is its JSON behind a `#`
/// @param json how it stands in a frame
@SuppressWarnings("ArrayRecordComponent") // never changed; groups are compared by `local`
record GroupName(String local, byte[] json) {
    private static final char MARK = '#';

    /// Characters of a name: whoever is in a group has its name kept in several places.
    static final int LONGEST = 256;

    static GroupName of(JsonValue name) {
        byte[] json = JsonWriter.bytes(name, Style.JAVASCRIPT);
        String text = name.asText();
        if (text == null || !JavaScriptText.isWellFormed(text)) {
            return new GroupName(MARK + new String(json, StandardCharsets.UTF_8), json);
        }
        boolean marked = !text.isEmpty() && text.charAt(0) == MARK;
        return new GroupName(marked ? MARK + text : text, json);
    }

    /// The group whose channel has this name.
    static GroupName ofLocal(String local) {
        if (local.length() < 2 || local.charAt(0) != MARK) {
            return of(new JsonString(local));
        }
        String rest = local.substring(1);
        JsonValue value = rest.charAt(0) == MARK ? null : JsonReader.read(rest);
        return of(value == null ? new JsonString(rest) : value);
    }

    /// Whether JavaScript takes this value for true.
    static boolean truthy(@Nullable JsonValue value) {
        return switch (value) {
            case null -> false;
            case JsonNull _ -> false;
            case JsonString text -> !text.value().isEmpty();
            case JsonBoolean flag -> flag.value();
            case JsonNumber number -> number.doubleValue() != 0;
            case JsonObject _ -> true;
            case JsonArray _ -> true;
        };
    }

    boolean tooLong() {
        return local.length() > LONGEST;
    }

    /// As an error message shows it.
    String shown() {
        return local.length() > 1 && local.charAt(0) == MARK ? local.substring(1) : local;
    }
}
