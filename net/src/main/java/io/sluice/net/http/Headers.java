package io.sluice.net.http;

import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fields of one head or trailer section, in order, duplicates kept.
///
/// Strings are made when asked for and not remembered; a field that is only passed on stays the bytes it was received
/// as. Not thread-safe: belongs to one exchange on one loop.
public final class Headers extends HeaderLines {

    public Headers() {
        this(new byte[256], 0);
    }

    /// For codecs: takes over `block`, whose first `used` bytes hold lines that [#addLine] will declare.
    public Headers(byte[] block, int used) {
        super(block, used);
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
        byte[] prefix = name.prefix();
        int at = used;
        reserve(prefix.length + value.length() + 2);
        System.arraycopy(prefix, 0, block, at, prefix.length);
        int valueStart = at + prefix.length;
        int valueEnd = valueStart + value.length();
        put(value, valueStart);
        block[valueEnd] = '\r';
        block[valueEnd + 1] = '\n';
        used = valueEnd + 2;
        addLine(at, valueStart - 2, valueEnd, name.index() >= 0 ? name : null);
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
