package io.sluice.core.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/// Values of every shape, with the names, numbers and characters that are easily got wrong.
final class JsonSamples {
    private static final String[] NAMES = {
        "a",
        "type",
        "10",
        "9",
        "0",
        "00",
        "4294967294",
        "4294967295",
        "-1",
        "1.5",
        "",
        "é",
        "__proto__"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "1.0", "12345678901234567890", "1e21", "123456789012345678901", "1e-6", "1e-7",
        "5e-324", "4.9e-324", "2e-323", "1.7976931348623157e308", "1e400", "-1e400", "0.1",
                "100.50",
        "9007199254740993", "1E5", "999999999999999", "-999999999999999", "1e-400"
    };
    private static final String[] TEXTS = {
        "",
        "x",
        "é",
        "\u0000\u001f\u007f",
        "\"\\/\b\f\n\r\t",
        "\u2028\u2029",
        "😀",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d",
        "a\ud83db",
        "\uFEFF\uFFFE"
    };

    private JsonSamples() {}

    static Arbitrary<JsonValue> values() {
        return Arbitraries.randomValue(random -> value(random, 4));
    }

    static JsonValue value(Random random, int levels) {
        return switch (random.nextInt(levels == 0 ? 5 : 8)) {
            case 0 -> JsonNull.NULL;
            case 1 -> JsonBoolean.of(random.nextBoolean());
            case 2 -> new JsonNumber(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3 -> new JsonNumber(number(random));
            case 4 -> new JsonString(text(random));
            case 5 -> array(random, levels);
            default -> object(random, levels);
        };
    }

    private static String number(Random random) {
        double value =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt();
                    case 1 -> random.nextInt() / 1000.0;
                    case 2 -> random.nextLong();
                    default -> Double.longBitsToDouble(random.nextLong());
                };
        return Double.isFinite(value) ? Double.toString(value) : "7";
    }

    private static String text(Random random) {
        if (random.nextInt(3) > 0) {
            return TEXTS[random.nextInt(TEXTS.length)];
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append((char) random.nextInt(0x10000));
        }
        return text.toString();
    }

    private static JsonArray array(Random random, int levels) {
        List<JsonValue> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(value(random, levels - 1));
        }
        return new JsonArray(items);
    }

    private static JsonObject object(Random random, int levels) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name =
                    random.nextInt(3) == 0 ? text(random) : NAMES[random.nextInt(NAMES.length)];
            fields.put(name, value(random, levels - 1));
        }
        return JsonObject.of(fields);
    }
}
