package io.sluice.core.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// What `JSON.parse` followed by `JSON.stringify` makes of numbers and of the order of fields, for faces whose clients
/// were written against a server that passes everything through JavaScript objects.
///
/// Numbers go through a double and come out shortest (ECMA-262, Number::toString): `1.0` as `1`,
/// `12345678901234567890` as `12345678901234567000`, `-0` as `0`, what is beyond a double as `null`. Names that are
/// array indexes (`0` to `4294967294`) come first, ascending.
public final class JavaScriptText {
    private static final long LAST_INDEX = 4_294_967_294L;

    /// Digits that every double holds exactly.
    private static final int EXACT_DIGITS = 15;

    private JavaScriptText() {}

    /// `String.prototype.isWellFormed`: no half of a character without the other. JSON can carry such halves; UTF-8, and so
    /// every name outside of this process, cannot.
    public static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    static String number(JsonNumber number) {
        return isPlain(number.text()) ? number.text() : number(number.doubleValue());
    }

    /// Whether it is a whole number that comes out as it went in.
    private static boolean isPlain(String text) {
        int length = text.length();
        if (length > EXACT_DIGITS || text.equals("-0")) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && !(c == '-' && i == 0)) {
                return false;
            }
        }
        return true;
    }

    /// `JSON.stringify` of this number.
    public static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null";
        }
        if (value == 0) {
            return "0";
        }
        String sign = value < 0 ? "-" : "";
        return sign + Decimal.shortest(Math.abs(value)).text();
    }

    /// A positive number 0.DIGITS times ten to the power of `point`.
    private record Decimal(String digits, int point) {

        static Decimal shortest(double value) {
            Decimal decimal = parse(Double.toString(value));
            return decimal.digits.length() == 2 ? decimal.oneDigit(value) : decimal;
        }

        private static Decimal parse(String text) {
            int e = text.indexOf('E');
            String mantissa = e < 0 ? text : text.substring(0, e);
            int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(e + 1));
            int dot = mantissa.indexOf('.');
            String all = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
            int first = 0;
            while (all.charAt(first) == '0') {
                first++;
            }
            int last = all.length();
            while (all.charAt(last - 1) == '0') {
                last--;
            }
            return new Decimal(all.substring(first, last), dot - first + exponent);
        }

        /// `Double.toString` prefers two digits where one would do: 4.9E-324 is 5e-324 here.
        private Decimal oneDigit(double value) {
            int tens = digits.charAt(0) - '0';
            int nearest = digits.charAt(1) < '5' ? tens : tens + 1;
            if (nearest > 9) {
                return this;
            }
            boolean same = Double.parseDouble(nearest + "e" + (point - 1)) == value;
            return same ? new Decimal(Integer.toString(nearest), point) : this;
        }

        /// ECMA-262, Number::toString, steps 5 to 10, with k = number of digits and n = point.
        String text() {
            int k = digits.length();
            if (k <= point && point <= 21) {
                return digits + "0".repeat(point - k);
            }
            if (0 < point && point <= 21) {
                return digits.substring(0, point) + "." + digits.substring(point);
            }
            if (-6 < point && point <= 0) {
                return "0." + "0".repeat(-point) + digits;
            }
            int exponent = point - 1;
            String fraction = k == 1 ? "" : "." + digits.substring(1);
            return digits.charAt(0) + fraction + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
        }
    }

    /// The fields in the order a JavaScript object lists them.
    public static SequencedMap<String, JsonValue> ordered(JsonObject object) {
        SequencedMap<String, JsonValue> fields = object.fields();
        List<Map.Entry<String, JsonValue>> indexed = new ArrayList<>(0);
        for (Map.Entry<String, JsonValue> field : fields.entrySet()) {
            if (isIndex(field.getKey())) {
                indexed.add(field);
            }
        }
        if (indexed.isEmpty()) {
            return fields;
        }
        indexed.sort(Comparator.comparingLong(field -> Long.parseLong(field.getKey())));
        SequencedMap<String, JsonValue> ordered = new LinkedHashMap<>();
        indexed.forEach(field -> ordered.put(field.getKey(), field.getValue()));
        fields.forEach(ordered::putIfAbsent);
        return ordered;
    }

    private static boolean isIndex(String name) {
        int length = name.length();
        if (length == 0 || length > 10 || (name.charAt(0) == '0' && length > 1)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return Long.parseLong(name) <= LAST_INDEX;
    }
}
