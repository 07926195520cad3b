package io.sluice.core.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table from component types to conversions of scalars.
final class Conversions {
    private final Map<Class<?>, Conversion> table = new HashMap<>();

    Conversions() {
        Conversion whole = new Conversion("int", "a whole number", Conversions::toInt);
        Conversion large = new Conversion("int", "a whole number", Conversions::toLong);
        Conversion real = new Conversion("number", "a number", Conversions::toDouble);
        Conversion flag = new Conversion("true/false", "true or false", Conversions::toBoolean);
        table.put(String.class, new Conversion("text", "text", text -> text));
        table.put(int.class, whole);
        table.put(Integer.class, whole);
        table.put(long.class, large);
        table.put(Long.class, large);
        table.put(double.class, real);
        table.put(Double.class, real);
        table.put(boolean.class, flag);
        table.put(Boolean.class, flag);
        table.put(Duration.class, duration(ChronoUnit.SECONDS));
    }

    void add(Class<?> type, Conversion conversion) {
        table.put(type, conversion);
    }

    @Nullable Conversion of(Class<?> type) {
        return table.get(type);
    }

    static Conversion duration(ChronoUnit unit) {
        String plain = unit.toString().toLowerCase(Locale.ROOT);
        return new Conversion(
                "duration in " + plain,
                "a duration such as 250ms, 30s or 10m (a plain number is in " + plain + ")",
                text -> Quantities.duration(text, unit));
    }

    static Conversion bytes(Class<?> type) {
        boolean narrow = type == int.class || type == Integer.class;
        return new Conversion(
                "size in bytes",
                "a size such as 64KiB or 10MiB (a plain number is in bytes)",
                text -> {
                    Long size = Quantities.bytes(text);
                    if (size == null || !narrow) {
                        return size;
                    }
                    return size > Integer.MAX_VALUE ? null : size.intValue();
                });
    }

    private static @Nullable Object toInt(String text) {
        Long value = Quantities.whole(text);
        return value == null || value != value.intValue() ? null : value.intValue();
    }

    private static @Nullable Object toLong(String text) {
        return Quantities.whole(text);
    }

    private static @Nullable Object toDouble(String text) {
        return Quantities.decimal(text);
    }

    private static @Nullable Object toBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> null;
        };
    }
}
