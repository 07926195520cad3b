package io.sluice.core.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Reads numbers with and without units. Every method answers null for text that is none, and for
/// values out of bounds.
final class Quantities {
    private static final int MAX_DIGITS = 20;
    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Quantities() {}

    /// Decimal digits with an optional sign; `_` may separate digits, `0x` starts a hexadecimal number.
    static @Nullable Long whole(String text) {
        if (text.isEmpty() || text.length() > 2 * MAX_DIGITS || text.startsWith("_")) {
            return null;
        }
        String digits = text.replace("_", "");
        try {
            if (digits.startsWith("0x")) {
                return Long.parseLong(digits, 2, digits.length(), 16);
            }
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static @Nullable Double decimal(String text) {
        int number = numberLength(text, 0);
        boolean plain = number == text.length() || exponent(text, number);
        if (text.isEmpty() || text.length() > 2 * MAX_DIGITS || !plain) {
            return null;
        }
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static boolean exponent(String text, int at) {
        return at > 0 && at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E');
    }

    /// `1h30m`, `250ms`, `1.5s`, or a plain number in the given unit; never negative.
    static @Nullable Duration duration(String text, ChronoUnit plain) {
        BigDecimal nanos = BigDecimal.ZERO;
        int at = 0;
        while (at < text.length()) {
            int numberEnd = numberLength(text, at);
            int unitEnd = numberEnd;
            while (unitEnd < text.length() && isUnitLetter(text.charAt(unitEnd))) {
                unitEnd++;
            }
            BigDecimal number = number(text, at, numberEnd);
            boolean bare = numberEnd == unitEnd && at == 0 && unitEnd == text.length();
            long scale = bare ? plain.getDuration().toNanos() : scale(text, numberEnd, unitEnd);
            if (number == null || scale == 0) {
                return null;
            }
            nanos = nanos.add(number.multiply(BigDecimal.valueOf(scale)));
            at = unitEnd;
        }
        return at == 0 || nanos.compareTo(LONGEST) > 0 ? null : Duration.ofNanos(nanos.longValue());
    }

    private static long scale(String text, int start, int end) {
        return switch (text.substring(start, end)) {
            case "ns" -> 1L;
            case "us", "µs", "μs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 0L;
        };
    }

    /// `10MiB`, `1.5GB`, `512B`, or a plain number of bytes; never negative.
    static @Nullable Long bytes(String text) {
        int numberEnd = numberLength(text, 0);
        int unitStart = numberEnd;
        while (unitStart < text.length() && text.charAt(unitStart) == ' ') {
            unitStart++;
        }
        BigDecimal number = number(text, 0, numberEnd);
        long scale =
                switch (text.substring(unitStart)) {
                    case "", "B" -> 1L;
                    case "kB", "KB" -> 1_000L;
                    case "MB" -> 1_000_000L;
                    case "GB" -> 1_000_000_000L;
                    case "KiB" -> 1L << 10;
                    case "MiB" -> 1L << 20;
                    case "GiB" -> 1L << 30;
                    default -> 0L;
                };
        if (number == null || scale == 0) {
            return null;
        }
        BigDecimal size = number.multiply(BigDecimal.valueOf(scale));
        boolean fraction = size.stripTrailingZeros().scale() > 0;
        return fraction || size.compareTo(LONGEST) > 0 ? null : size.longValue();
    }

    private static boolean isUnitLetter(char c) {
        return c >= 'a' && c <= 'z' || c == 'µ' || c == 'μ';
    }

    /// Where the digits (with at most one point) that start at `from` end.
    private static int numberLength(String text, int from) {
        int at = from;
        if (at < text.length() && from == 0 && text.charAt(at) == '-') {
            at++;
        }
        while (at < text.length()
                && (text.charAt(at) >= '0' && text.charAt(at) <= '9' || text.charAt(at) == '.')) {
            at++;
        }
        return at;
    }

    private static @Nullable BigDecimal number(String text, int start, int end) {
        if (start == end || end - start > MAX_DIGITS) {
            return null;
        }
        try {
            BigDecimal number = new BigDecimal(text.substring(start, end));
            return number.signum() < 0 ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
