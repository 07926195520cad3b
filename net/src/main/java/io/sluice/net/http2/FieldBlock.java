package io.sluice.net.http2;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Tokens;
import org.jspecify.annotations.Nullable;

/// One decoded header block: HPACK hands every field over to [#add], which checks it (RFC 9113 8.2 and 8.3) and copies
/// the regular ones into [Headers] at once, so that no second collection is built. Only what the frame codec asks of
/// its headers works: adding and the size.
final class FieldBlock extends DefaultHttp2Headers {

    /// Why a block cannot be used.
    enum Fault {
        NONE,
        MALFORMED,
        TOO_MANY_FIELDS
    }

    private static final byte[] COOKIE = {'c', 'o', 'o', 'k', 'i', 'e'};
    private static final AsciiString TRAILERS = AsciiString.cached("trailers");
    private static final long CONNECTION_SPECIFIC =
            HeaderName.CONNECTION.bit()
                    | HeaderName.KEEP_ALIVE.bit()
                    | HeaderName.PROXY_CONNECTION.bit()
                    | HeaderName.TRANSFER_ENCODING.bit()
                    | HeaderName.UPGRADE.bit();

    private final Headers fields = new Headers();
    private final int maxFields;
    private Fault fault = Fault.NONE;
    private int count;
    private @Nullable AsciiString method;
    private @Nullable AsciiString scheme;
    private @Nullable AsciiString authority;
    private @Nullable AsciiString path;
    private @Nullable AsciiString status;
    private @Nullable AsciiString protocol;
    private @Nullable AsciiString cookie;
    private @Nullable StringBuilder crumbs;

    FieldBlock(int maxFields) {
        super(false, 2);
        this.maxFields = maxFields;
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
        count++;
        if (fault != Fault.NONE) {
            return this;
        }
        AsciiString asciiName = AsciiString.of(name);
        AsciiString asciiValue = AsciiString.of(value);
        if (count > maxFields) {
            fault = Fault.TOO_MANY_FIELDS;
        } else if (!(asciiName.length() > 0 && asciiName.byteAt(0) == ':'
                ? pseudo(asciiName, asciiValue)
                : regular(asciiName, asciiValue))) {
            fault = Fault.MALFORMED;
        }
        return this;
    }

    private boolean pseudo(AsciiString name, AsciiString value) {
        if (!fields.isEmpty() || cookie != null || !validValue(value)) {
            return false;
        }
        if (PseudoHeaderName.METHOD.value().contentEquals(name)) {
            boolean first = method == null;
            method = value;
            return first;
        }
        if (PseudoHeaderName.PATH.value().contentEquals(name)) {
            boolean first = path == null;
            path = value;
            return first;
        }
        if (PseudoHeaderName.SCHEME.value().contentEquals(name)) {
            boolean first = scheme == null;
            scheme = value;
            return first;
        }
        if (PseudoHeaderName.AUTHORITY.value().contentEquals(name)) {
            boolean first = authority == null;
            authority = value;
            return first;
        }
        if (PseudoHeaderName.PROTOCOL.value().contentEquals(name)) {
            boolean first = protocol == null;
            protocol = value;
            return first;
        }
        boolean first = status == null && PseudoHeaderName.STATUS.value().contentEquals(name);
        status = value;
        return first;
    }

    private boolean regular(AsciiString name, AsciiString value) {
        if (!validName(name) || !validValue(value)) {
            return false;
        }
        if (method != null && name.indexOf('_', 0) >= 0) {
            // As over HTTP/1.1: services that cannot tell `_` from `-` would take it for another
            // field.
            return true;
        }
        byte[] nameBytes = name.array();
        int start = name.arrayOffset();
        if (name.length() == COOKIE.length
                && HeaderName.COOKIE.matches(nameBytes, start, start + COOKIE.length)) {
            crumb(value);
            return true;
        }
        fields.addBytes(
                nameBytes,
                start,
                name.length(),
                value.array(),
                value.arrayOffset(),
                value.length());
        return true;
    }

    /// Cookie crumbs become one field (RFC 9113 8.2.3).
    private void crumb(AsciiString value) {
        AsciiString first = cookie;
        if (first == null) {
            cookie = value;
            return;
        }
        StringBuilder joined = crumbs;
        if (joined == null) {
            joined = new StringBuilder(first.toString());
            crumbs = joined;
        }
        joined.append("; ").append(value);
    }

    private static boolean validName(AsciiString name) {
        byte[] bytes = name.array();
        int end = name.arrayOffset() + name.length();
        for (int i = name.arrayOffset(); i < end; i++) {
            byte b = bytes[i];
            if (!Tokens.isTokenByte(b) || b >= 'A' && b <= 'Z') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean validValue(AsciiString value) {
        if (value.isEmpty()) {
            return true;
        }
        byte[] bytes = value.array();
        int start = value.arrayOffset();
        int end = start + value.length();
        if (isBlank(bytes[start]) || isBlank(bytes[end - 1])) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (!Tokens.isValueByte(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /// Whether the block is refused; to be asked once it is complete and before [#fields].
    Fault fault() {
        if (fault == Fault.NONE && (fields.containsAny(CONNECTION_SPECIFIC) || !trailersAtMost())) {
            fault = Fault.MALFORMED;
        }
        return fault;
    }

    /// Whether TE says `trailers` or is not there (RFC 9113 8.2.2).
    private boolean trailersAtMost() {
        int count = fields.count(HeaderName.TE);
        return count == 0 || count == 1 && fields.valueIs(HeaderName.TE, TRAILERS);
    }

    /// The regular fields, cookie crumbs joined. Once.
    Headers fields() {
        AsciiString only = cookie;
        if (only != null) {
            AsciiString value = crumbs == null ? only : new AsciiString(crumbs);
            fields.addBytes(
                    COOKIE, 0, COOKIE.length, value.array(), value.arrayOffset(), value.length());
            cookie = null;
        }
        return fields;
    }

    boolean hasPseudo() {
        return method != null
                || scheme != null
                || authority != null
                || path != null
                || status != null
                || protocol != null;
    }

    @Nullable AsciiString methodValue() {
        return method;
    }

    @Nullable AsciiString schemeValue() {
        return scheme;
    }

    @Nullable AsciiString authorityValue() {
        return authority;
    }

    @Nullable AsciiString pathValue() {
        return path;
    }

    /// What an extended CONNECT asks for (RFC 8441 4), or null.
    @Nullable AsciiString protocolValue() {
        return protocol;
    }

    /// Whether it says that it is an answer, whatever it says.
    boolean hasStatus() {
        return status != null;
    }

    /// The final or interim status of an answer, or -1 when it is missing or malformed.
    int statusValue() {
        AsciiString text = status;
        if (text == null || text.length() != 3) {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = text.byteAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            code = code * 10 + digit;
        }
        return code >= 100 && code < 600 ? code : -1;
    }

    /// The frame codec asks for the status of answers to tell interim ones.
    @Override
    public @Nullable CharSequence status() {
        return status;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public boolean isEmpty() {
        return count == 0;
    }
}
