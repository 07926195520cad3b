package io.sluice.core.json;

/// A number of any size and precision.
///
/// @param text as it was written: digits, sign, fraction and exponent of RFC 8259
public record JsonNumber(String text) implements JsonValue {

    public static JsonNumber of(long value) {
        return new JsonNumber(Long.toString(value));
    }

    /// The nearest double; infinite beyond its range.
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    /// The value when it is a whole number that fits, else `otherwise`. What is written with a fraction or an exponent
    /// counts as whole when its value is, up to 2^53.
    public long longOr(long otherwise) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            double value = doubleValue();
            boolean exact = Math.rint(value) == value && Math.abs(value) <= 1L << 53;
            return exact ? (long) value : otherwise;
        }
    }
}
