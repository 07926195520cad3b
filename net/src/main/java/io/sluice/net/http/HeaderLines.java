package io.sluice.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The bytes of [Headers], as codecs write and read them.
///
/// All fields live in one byte block as HTTP/1.1 lines (`Name: value CRLF`), with an index of where each begins and
/// ends. A field that is only passed on is never turned into strings, and runs of kept fields are written with one copy.
/// Values are ISO 8859-1. A superclass and not a part, so that a head needs no further object.
public abstract sealed class HeaderLines permits Headers {
    static final int NAME_START = 0;
    static final int NAME_END = 1;
    static final int VALUE_END = 2;
    static final int NAME_INDEX = 3;
    static final int STRIDE = 4;

    byte[] block;
    int used;
    int[] fields = new int[16 * STRIDE];
    int count;
    long knownPresent;

    HeaderLines(byte[] block, int used) {
        this.block = block;
        this.used = used;
    }

    /// For codecs: declares one line that already stands in the block as `Name: value CRLF`, checked by the caller.
    ///
    /// @param name the constant the name spells, or null
    public final void addLine(int nameStart, int nameEnd, int valueEnd, @Nullable HeaderName name) {
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
    public final void addBytes(
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

    /// Appends all fields of `other`, which stays as it is, with one copy.
    public final void addAll(Headers other) {
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

    /// Name of the field at `i` in lower case, sharing constants; for HTTP/2.
    public final AsciiString lowerName(int i) {
        int at = i * STRIDE;
        int index = fields[at + NAME_INDEX];
        if (index >= 0) {
            return HeaderName.known(index).lower();
        }
        int start = fields[at + NAME_START];
        return new AsciiString(block, start, fields[at + NAME_END] - start, true).toLowerCase();
    }

    /// Value of the field at `i` as a view of the block, valid until the next change of these headers.
    public final AsciiString valueView(int i) {
        int at = i * STRIDE;
        int start = fields[at + NAME_END] + 2;
        return new AsciiString(block, start, fields[at + VALUE_END] - start, false);
    }

    /// Bytes that [#writeLines] will write.
    public final int linesLength() {
        int length = 0;
        for (int at = 0; at < count * STRIDE; at += STRIDE) {
            length += fields[at + VALUE_END] + 2 - fields[at + NAME_START];
        }
        return length;
    }

    /// For the HTTP/1.1 codec: writes all fields as lines, neighbouring ones with one copy.
    public final void writeLines(ByteBuf out) {
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

    final String text(int start, int end) {
        return new String(block, start, end - start, StandardCharsets.ISO_8859_1);
    }

    @SuppressWarnings("deprecation") // drops high bytes, which a checked value has none of
    final void put(String value, int at) {
        value.getBytes(0, value.length(), block, at);
    }

    final void reserve(int more) {
        if (used + more > block.length) {
            block = Arrays.copyOf(block, Math.max(block.length * 2, used + more));
        }
    }
}
