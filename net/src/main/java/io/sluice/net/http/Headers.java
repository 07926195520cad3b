package io.sluice.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of one head or trailer section, in order, duplicates kept.
///
/// All fields live in one byte block as HTTP/1.1 lines (`Name: value CRLF`). A field that is only passed on is never
/// turned into strings, and runs of kept fields are written with one copy. Strings are made when asked for and not
/// remembered. Values are ISO 8859-1. Not thread-safe: belongs to one exchange on one loop.
public final class Headers {
    private static final int NAME_START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_END = 2;
    private static final int NAME_INDEX = 3;
    private static final int STRIDE = 4;

    private byte[] block;
    private int used;
    private int[] fields = new int[16 * STRIDE];
    private int count;
    private long knownPresent;

    public Headers() {
        this(new byte[256], 0);
    }

    /// For codecs: takes over `block`, whose first `used` bytes hold lines that [#addLine] will declare.
    public Headers(byte[] block, int used) {
        this.block = block;
        this.used = used;
    }

    /// For codecs: declares one line that already stands in the block as `Name: value CRLF`, checked by the caller.
    ///
    /// @param name the constant the name spells, or null
    public void addLine(int nameStart, int nameEnd, int valueEnd, @Nullable HeaderName name) {
        if ((count + 1) * STRIDE > fields.length) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        int at = count * STRIDE;
        fields[at + NAME_START] = nameStart;
        fields[at + NAME_END] = nameEnd;
        fields[at + VALUE_END] = valueEnd;
        int index = name == null ? -1 : name.index();
        fields[at + NAME_INDEX] = index;
        if (index >= 0) {
            knownPresent |= 1L << index;
        }
        count++;
    }

    /// For codecs: appends a field from raw bytes, checked by the caller, writing a normal line into the block.
    public void addBytes(
            byte[] name,
            int nameStart,
            int nameLength,
            byte[] value,
            int valueStart,
            int valueLength) {
        int at = used;
        reserve(nameLength + valueLength + 4);
        System.arraycopy(name, nameStart, block, at, nameLength);
        int nameEnd = at + nameLength;
        block[nameEnd] = ':';
        block[nameEnd + 1] = ' ';
        System.arraycopy(value, valueStart, block, nameEnd + 2, valueLength);
        int valueEnd = nameEnd + 2 + valueLength;
        block[valueEnd] = '\r';
        block[valueEnd + 1] = '\n';
        used = valueEnd + 2;
        int hash = HeaderName.hash(block, at, nameEnd);
        addLine(at, nameEnd, valueEnd, HeaderName.find(block, at, nameEnd, hash));
    }

    public int size() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /// Name of the field at `i` as it was received, 0 ≤ i < [#size()].
    public String name(int i) {
        int at = i * STRIDE;
        return text(fields[at + NAME_START], fields[at + NAME_END]);
    }

    /// Value of the field at `i`, without surrounding white space.
    public String value(int i) {
        int at = i * STRIDE;
        return text(fields[at + NAME_END] + 2, fields[at + VALUE_END]);
    }

    /// Name of the field at `i` in lower case, sharing constants; for HTTP/2.
    public AsciiString lowerName(int i) {
        int at = i * STRIDE;
        int index = fields[at + NAME_INDEX];
        if (index >= 0) {
            return HeaderName.known(index).lower();
        }
        int start = fields[at + NAME_START];
        return new AsciiString(block, start, fields[at + NAME_END] - start, true).toLowerCase();
    }

    /// Value of the field at `i` as a view of the block, valid until the next change of these headers.
    public AsciiString valueView(int i) {
        int at = i * STRIDE;
        int start = fields[at + NAME_END] + 2;
        return new AsciiString(block, start, fields[at + VALUE_END] - start, false);
    }

    /// The constant of the name at `i`, or null when it is none of them.
    public @Nullable HeaderName known(int i) {
        int index = fields[i * STRIDE + NAME_INDEX];
        return index < 0 ? null : HeaderName.known(index);
    }

    public boolean contains(HeaderName name) {
        return name.index() >= 0 ? (knownPresent & 1L << name.index()) != 0 : find(name, 0) >= 0;
    }

    /// Value of the first field of this name, or null.
    public @Nullable String get(HeaderName name) {
        if (name.index() >= 0 && (knownPresent & 1L << name.index()) == 0) {
            return null;
        }
        int i = find(name, 0);
        return i < 0 ? null : value(i);
    }

    /// Values of all fields of this name, in order; empty when there is none.
    public List<String> all(HeaderName name) {
        if (!contains(name)) {
            return List.of();
        }
        List<String> values = new ArrayList<>(2);
        for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
            values.add(value(i));
        }
        return values;
    }

    /// How many fields carry this name.
    public int count(HeaderName name) {
        int found = 0;
        if (contains(name)) {
            for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
                found++;
            }
        }
        return found;
    }

    /// Whether the first field of this name has exactly this value, without case.
    public boolean valueIs(HeaderName name, AsciiString expected) {
        int i = contains(name) ? find(name, 0) : -1;
        return i >= 0 && expected.contentEqualsIgnoreCase(valueView(i));
    }

    /// Appends a field.
    ///
    /// @throws IllegalArgumentException when the value holds a control character; so no caller can split a head
    public void add(HeaderName name, String value) {
        if (!Tokens.isValue(value)) {
            throw new IllegalArgumentException(
                    "value of " + name + ": control or wide character, expected ISO 8859-1 text");
        }
        String text = name.text();
        int at = used;
        reserve(text.length() + value.length() + 4);
        int nameEnd = put(text, at);
        block[nameEnd] = ':';
        block[nameEnd + 1] = ' ';
        int valueEnd = put(value, nameEnd + 2);
        block[valueEnd] = '\r';
        block[valueEnd + 1] = '\n';
        used = valueEnd + 2;
        addLine(at, nameEnd, valueEnd, name.index() >= 0 ? name : null);
    }

    /// Appends all fields of `other`, which stays as it is, with one copy.
    public void addAll(Headers other) {
        reserve(other.used);
        System.arraycopy(other.block, 0, block, used, other.used);
        int more = other.count * STRIDE;
        int end = count * STRIDE;
        if (end + more > fields.length) {
            fields = Arrays.copyOf(fields, Math.max(fields.length * 2, end + more));
        }
        for (int at = 0; at < more; at += STRIDE) {
            fields[end + at + NAME_START] = other.fields[at + NAME_START] + used;
            fields[end + at + NAME_END] = other.fields[at + NAME_END] + used;
            fields[end + at + VALUE_END] = other.fields[at + VALUE_END] + used;
            fields[end + at + NAME_INDEX] = other.fields[at + NAME_INDEX];
        }
        used += other.used;
        count += other.count;
        knownPresent |= other.knownPresent;
    }

    /// Replaces all fields of this name by one at the end.
    public void set(HeaderName name, String value) {
        remove(name);
        add(name, value);
    }

    /// Removes all fields of this name; true when there was one.
    public boolean remove(HeaderName name) {
        if (!contains(name)) {
            return false;
        }
        removeIf((headers, i) -> headers.is(name, i));
        return true;
    }

    /// Which fields to remove.
    @FunctionalInterface
    public interface FieldTest {
        boolean test(Headers headers, int i);
    }

    /// Removes every field that passes the test, in one pass, keeping the order of the others.
    public void removeIf(FieldTest test) {
        int kept = 0;
        long present = 0;
        for (int i = 0; i < count; i++) {
            if (!test.test(this, i)) {
                if (kept != i) {
                    System.arraycopy(fields, i * STRIDE, fields, kept * STRIDE, STRIDE);
                }
                int index = fields[kept * STRIDE + NAME_INDEX];
                if (index >= 0) {
                    present |= 1L << index;
                }
                kept++;
            }
        }
        count = kept;
        knownPresent = present;
    }

    /// Removes every field whose constant's bit (`1L << index`) is set in `names`; cheap when none is present.
    public void removeAll(long names) {
        if ((knownPresent & names) != 0) {
            removeIf((headers, i) -> {
                int index = headers.fields[i * STRIDE + NAME_INDEX];
                return index >= 0 && (names & 1L << index) != 0;
            });
        }
    }

    /// Whether any field whose constant's bit is set in `names` is present.
    public boolean containsAny(long names) {
        return (knownPresent & names) != 0;
    }

    /// Whether the field at `i` has this name.
    public boolean is(HeaderName name, int i) {
        int at = i * STRIDE;
        int index = fields[at + NAME_INDEX];
        return name.index() >= 0
                ? index == name.index()
                : index < 0 && name.matches(block, fields[at + NAME_START], fields[at + NAME_END]);
    }

    /// Whether the name at `i` starts with `lowerPrefix`, without case.
    public boolean nameStartsWith(int i, AsciiString lowerPrefix) {
        int field = i * STRIDE;
        int start = fields[field + NAME_START];
        if (fields[field + NAME_END] - start < lowerPrefix.length()) {
            return false;
        }
        for (int at = 0; at < lowerPrefix.length(); at++) {
            byte b = block[start + at];
            if (lowerPrefix.byteAt(at) != (b >= 'A' && b <= 'Z' ? b + 32 : b)) {
                return false;
            }
        }
        return true;
    }

    /// Bytes that [#writeLines] will write.
    public int linesLength() {
        int length = 0;
        for (int at = 0; at < count * STRIDE; at += STRIDE) {
            length += fields[at + VALUE_END] + 2 - fields[at + NAME_START];
        }
        return length;
    }

    /// For the HTTP/1.1 codec: writes all fields as lines, neighbouring ones with one copy.
    public void writeLines(ByteBuf out) {
        int end = count * STRIDE;
        int at = 0;
        while (at < end) {
            int from = fields[at + NAME_START];
            int to = fields[at + VALUE_END] + 2;
            at += STRIDE;
            while (at < end && fields[at + NAME_START] == to) {
                to = fields[at + VALUE_END] + 2;
                at += STRIDE;
            }
            out.writeBytes(block, from, to - from);
        }
    }

    public Headers copy() {
        Headers copy = new Headers(Arrays.copyOf(block, block.length), used);
        copy.fields = fields.clone();
        copy.count = count;
        copy.knownPresent = knownPresent;
        return copy;
    }

    private int find(HeaderName name, int from) {
        for (int i = from; i < count; i++) {
            if (is(name, i)) {
                return i;
            }
        }
        return -1;
    }

    private String text(int start, int end) {
        return new String(block, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private int put(String text, int at) {
        for (int i = 0; i < text.length(); i++) {
            block[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }

    private void reserve(int more) {
        if (used + more > block.length) {
            block = Arrays.copyOf(block, Math.max(block.length * 2, used + more));
        }
    }

    /// For logs and tests: one `Name: value` a line.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(name(i)).append(": ").append(value(i)).append('\n');
        }
        return text.toString();
    }
}
