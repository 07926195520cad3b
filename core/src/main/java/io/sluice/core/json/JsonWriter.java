package io.sluice.core.json;

import java.util.Arrays;
import java.util.Map;

/// Writes JSON text as UTF-8, compact, field by field; commas come by themselves. The caller sees to the balance of
/// braces. One thread at a time; may be used again after [#reset].
///
/// Strings are written as `JSON.stringify` writes them: only what must be escaped is, in its shortest form; a surrogate
/// without its partner stays an escape.
public final class JsonWriter {

    /// How numbers and fields of a [JsonValue] come out.
    public enum Style {
        /// Numbers and the order of fields as they were read.
        AS_READ,
        /// As a round trip through a JavaScript object would give them: see [JavaScriptText].
        JAVASCRIPT
    }

    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final int FIRST_SIZE = 256;

    private byte[] out = new byte[FIRST_SIZE];
    private int size;

    public JsonWriter openObject() {
        comma();
        put('{');
        return this;
    }

    public JsonWriter closeObject() {
        put('}');
        return this;
    }

    public JsonWriter openArray() {
        comma();
        put('[');
        return this;
    }

    public JsonWriter closeArray() {
        put(']');
        return this;
    }

    /// Name of the field whose value comes next.
    public JsonWriter name(String name) {
        comma();
        string(name);
        put(':');
        return this;
    }

    public JsonWriter value(String text) {
        comma();
        string(text);
        return this;
    }

    public JsonWriter value(long number) {
        comma();
        ascii(Long.toString(number));
        return this;
    }

    public JsonWriter value(boolean flag) {
        comma();
        ascii(flag ? "true" : "false");
        return this;
    }

    public JsonWriter nothing() {
        comma();
        ascii("null");
        return this;
    }

    public JsonWriter value(JsonValue value, Style style) {
        comma();
        switch (value) {
            case JsonObject object -> fields(object, style);
            case JsonArray array -> {
                put('[');
                array.items().forEach(item -> value(item, style));
                put(']');
            }
            case JsonString string -> string(string.value());
            case JsonNumber number ->
                    ascii(
                            switch (style) {
                                case AS_READ -> number.text();
                                case JAVASCRIPT -> JavaScriptText.number(number);
                            });
            case JsonBoolean flag -> ascii(flag.value() ? "true" : "false");
            case JsonNull _ -> ascii("null");
        }
        return this;
    }

    /// A value that is JSON text in UTF-8 already.
    public JsonWriter raw(byte[] json) {
        comma();
        room(json.length);
        System.arraycopy(json, 0, out, size, json.length);
        size += json.length;
        return this;
    }

    /// What was written, as a copy.
    public byte[] toBytes() {
        return Arrays.copyOf(out, size);
    }

    /// Starts anew. Keeps what was allocated, up to 64 KiB.
    public void reset() {
        size = 0;
        if (out.length > 1 << 16) {
            out = new byte[FIRST_SIZE];
        }
    }

    /// One value as text in UTF-8.
    public static byte[] bytes(JsonValue value, Style style) {
        return new JsonWriter().value(value, style).toBytes();
    }

    private void fields(JsonObject object, Style style) {
        put('{');
        Map<String, JsonValue> fields =
                switch (style) {
                    case AS_READ -> object.fields();
                    case JAVASCRIPT -> JavaScriptText.ordered(object);
                };
        fields.forEach((name, value) -> {
            name(name);
            value(value, style);
        });
        put('}');
    }

    /// A comma where one belongs: behind anything but an opening, a name or nothing.
    private void comma() {
        if (size > 0) {
            byte last = out[size - 1];
            if (last != '{' && last != '[' && last != ':') {
                put(',');
            }
        }
    }

    private void string(String text) {
        int length = text.length();
        room(length + 2);
        put('"');
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                oneByte(c);
            } else if (c < 0x800) {
                put(0xC0 | c >> 6);
                put(0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                put(0xE0 | c >> 12);
                put(0x80 | c >> 6 & 0x3F);
                put(0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                fourBytes(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                escape(c);
            }
        }
        put('"');
    }

    private void fourBytes(int point) {
        put(0xF0 | point >> 18);
        put(0x80 | point >> 12 & 0x3F);
        put(0x80 | point >> 6 & 0x3F);
        put(0x80 | point & 0x3F);
    }

    private void oneByte(char c) {
        switch (c) {
            case '"' -> pair('"');
            case '\\' -> pair('\\');
            case '\b' -> pair('b');
            case '\f' -> pair('f');
            case '\n' -> pair('n');
            case '\r' -> pair('r');
            case '\t' -> pair('t');
            default -> {
                if (c < ' ') {
                    escape(c);
                } else {
                    put(c);
                }
            }
        }
    }

    private void pair(char letter) {
        put('\\');
        put(letter);
    }

    private void escape(char c) {
        pair('u');
        put(HEX[c >> 12]);
        put(HEX[c >> 8 & 15]);
        put(HEX[c >> 4 & 15]);
        put(HEX[c & 15]);
    }

    @SuppressWarnings("deprecation") // the one call that copies ASCII without a coder
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), out, size);
        size += text.length();
    }

    private void put(int b) {
        if (size == out.length) {
            room(1);
        }
        out[size++] = (byte) b;
    }

    private void room(int more) {
        if (out.length - size < more) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }
}
