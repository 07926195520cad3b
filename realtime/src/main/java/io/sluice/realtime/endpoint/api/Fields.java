package io.sluice.realtime.endpoint.api;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.json.JsonArray;
import io.sluice.core.json.JsonBoolean;
import io.sluice.core.json.JsonNull;
import io.sluice.core.json.JsonNumber;
import io.sluice.core.json.JsonObject;
import io.sluice.core.json.JsonString;
import io.sluice.core.json.JsonValue;
import io.sluice.realtime.endpoint.events.ChannelName;
import io.sluice.realtime.hub.ChannelNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields of a call. What is missing or of another kind is refused with 422, naming the field.
record Fields(JsonObject body) {

    static GatewayException wrong(String why) {
        return new GatewayException(Failure.of(FailureKind.UNPROCESSABLE, why));
    }

    /// Null when it is absent, or null in JSON.
    @Nullable String text(String name, int longest) {
        JsonValue value = body.get(name);
        if (value == null || value == JsonNull.NULL) {
            return null;
        }
        if (!(value instanceof JsonString(String text))
                || text.isEmpty()
                || text.length() > longest
                || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(
                    name + " is a text of 1 to " + longest + " characters without control ones.");
        }
        return text;
    }

    JsonValue data() {
        JsonValue data = body.get("data");
        if (data == null) {
            throw wrong("data is missing; it may be any JSON value.");
        }
        return data;
    }

    /// Full name of the channel in `channel`.
    String channel(ChannelNames names) {
        JsonValue value = body.get("channel");
        if (value == null) {
            throw wrong("channel is missing.");
        }
        return channel(names, value);
    }

    /// Full names of the channels in `channels`, each once.
    List<String> channels(ChannelNames names, int most) {
        if (!(body.get("channels") instanceof JsonArray(List<JsonValue> items))
                || items.isEmpty()
                || items.size() > most) {
            throw wrong("channels is a list of 1 to " + most + " channels.");
        }
        Set<String> channels = new LinkedHashSet<>();
        items.forEach(item -> channels.add(channel(names, item)));
        return List.copyOf(channels);
    }

    private static String channel(ChannelNames names, JsonValue value) {
        String name = value.asText();
        if (name == null || !ChannelName.isValid(name)) {
            throw wrong(
                    "A channel is a text of 1 to "
                            + ChannelName.LONGEST
                            + " characters without control ones.");
        }
        return ChannelName.full(names, name);
    }

    /// Whether the field of this name is set; absent is false.
    boolean flag(String name) {
        JsonValue value = body.get(name);
        if (value == null || value == JsonNull.NULL) {
            return false;
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value();
        }
        throw wrong(name + " is true or false.");
    }

    /// The whole number of this name; null when it is absent.
    @Nullable Long number(String name) {
        JsonValue value = body.get(name);
        if (value == null || value == JsonNull.NULL) {
            return null;
        }
        if (value instanceof JsonNumber number && number.longOr(Long.MIN_VALUE) != Long.MIN_VALUE) {
            return number.longOr(0);
        }
        throw wrong(name + " is a whole number.");
    }
}
