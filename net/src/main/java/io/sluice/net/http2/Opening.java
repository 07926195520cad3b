package io.sluice.net.http2;

import io.netty.util.AsciiString;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.CanonicalPath;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.Tokens;
import io.sluice.net.http1.Authority;
import org.jspecify.annotations.Nullable;

/// What the header block that opens a stream came to.
sealed interface Opening {
    int MAX_TARGET = 8 * 1024;
    AsciiString WEBSOCKET = AsciiString.cached("websocket");

    /// @param length announced length of the body, or -1
    record Request(RequestHead head, long length) implements Opening {}

    /// An extended CONNECT (RFC 8441) for a WebSocket. Its head is that of a GET with `Upgrade: websocket`, a field that
    /// cannot come in any other way over HTTP/2; so routes match and filters see it as they do over HTTP/1.1.
    record Connect(RequestHead head) implements Opening {}

    /// A request that is answered with an error at once.
    record Refused(Failure failure) implements Opening {}

    /// Malformed (RFC 9113 8.1.1): the stream is reset.
    record Malformed() implements Opening {}

    Malformed MALFORMED = new Malformed();

    static Opening of(FieldBlock block, Peer peer) {
        switch (block.fault()) {
            case MALFORMED -> {
                return MALFORMED;
            }
            case TOO_MANY_FIELDS -> {
                return refused(FailureKind.HEADERS_TOO_LARGE, "Too many header fields");
            }
            case NONE -> {}
        }
        AsciiString name = block.methodValue();
        if (name == null || block.hasStatus() || !Tokens.isToken(name)) {
            return MALFORMED;
        }
        Method method = Method.of(name.toString());
        AsciiString path = block.pathValue();
        AsciiString protocol = block.protocolValue();
        boolean connect = method.equals(Method.CONNECT);
        if (!connect && protocol != null) {
            return MALFORMED;
        }
        if (connect && protocol == null) {
            return refused(FailureKind.METHOD_NOT_ALLOWED, "CONNECT is not offered");
        }
        if (path == null || path.isEmpty() || !isScheme(block.schemeValue())) {
            return MALFORMED;
        }
        Headers fields = block.fields();
        String authority = authority(block, fields);
        if (authority == null) {
            return refused(FailureKind.BAD_REQUEST, "Malformed or missing authority");
        }
        long length = length(fields);
        if (length < -1) {
            return MALFORMED;
        }
        if (protocol == null) {
            return target(method, authority, path, length, fields, peer);
        }
        return length > 0
                ? refused(FailureKind.BAD_REQUEST, "A WebSocket handshake has no body")
                : connect(protocol, authority, path, fields, peer);
    }

    /// RFC 3986 3.1. Which one it is does not matter: that is known from the listener.
    private static boolean isScheme(@Nullable AsciiString scheme) {
        if (scheme == null || scheme.isEmpty() || !isLetter(scheme.byteAt(0))) {
            return false;
        }
        for (int i = 1; i < scheme.length(); i++) {
            byte b = scheme.byteAt(i);
            if (!isLetter(b) && !(b >= '0' && b <= '9') && b != '+' && b != '-' && b != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
    }

    private static Opening connect(
            AsciiString protocol, String authority, AsciiString path, Headers fields, Peer peer) {
        if (!WEBSOCKET.contentEqualsIgnoreCase(protocol)) {
            return refused(FailureKind.NOT_IMPLEMENTED, "Only websocket can be connected to");
        }
        fields.set(HeaderName.UPGRADE, WEBSOCKET.toString());
        return target(Method.GET, authority, path, -1, fields, peer) instanceof Request(var head, _)
                ? new Connect(head)
                : refused(FailureKind.BAD_REQUEST, "Malformed request target");
    }

    private static Opening target(
            Method method,
            String authority,
            AsciiString target,
            long length,
            Headers fields,
            Peer peer) {
        if (target.length() > MAX_TARGET) {
            return refused(FailureKind.URI_TOO_LONG, "Request target is too long");
        }
        byte[] bytes = target.array();
        int start = target.arrayOffset();
        int end = start + target.length();
        int mark = start;
        while (mark < end && bytes[mark] != '?') {
            mark++;
        }
        String path = CanonicalPath.of(bytes, start, mark);
        boolean asterisk = "*".equals(path);
        if (path == null
                || asterisk && (!method.equals(Method.OPTIONS) || mark < end)
                || !queryValid(bytes, mark, end)) {
            return refused(FailureKind.BAD_REQUEST, "Malformed request target");
        }
        String query = mark == end ? null : target.toString(mark + 1 - start, target.length());
        return new Request(
                new RequestHead(
                        method, peer.scheme(), authority, path, query, Protocol.HTTP_2, fields),
                length);
    }

    /// What would end or split a request line of HTTP/1.1 is refused here.
    private static boolean queryValid(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (bytes[i] <= ' ' || bytes[i] == 0x7f || bytes[i] == '#') {
                return false;
            }
        }
        return true;
    }

    /// The authority from `:authority` or `Host`, which must agree when both are there; null when it is unusable.
    private static @Nullable String authority(FieldBlock block, Headers fields) {
        AsciiString pseudo = block.authorityValue();
        int hosts = fields.count(HeaderName.HOST);
        String host = fields.get(HeaderName.HOST);
        if (hosts > 0) {
            fields.remove(HeaderName.HOST);
        }
        AsciiString value = pseudo != null ? pseudo : host == null ? null : new AsciiString(host);
        if (value == null
                || hosts > 1
                || pseudo != null && host != null && !pseudo.contentEqualsIgnoreCase(host)
                || !Authority.valid(
                        value.array(), value.arrayOffset(), value.arrayOffset() + value.length())) {
            return null;
        }
        return value.toString();
    }

    /// The announced length, -1 when there is none, below that when it is malformed.
    static long length(Headers fields) {
        String value = fields.get(HeaderName.CONTENT_LENGTH);
        if (value == null) {
            return -1;
        }
        if (fields.count(HeaderName.CONTENT_LENGTH) > 1 || value.isEmpty() || value.length() > 18) {
            return -2;
        }
        long length = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                return -2;
            }
            length = length * 10 + (c - '0');
        }
        return length;
    }

    private static Refused refused(FailureKind kind, String message) {
        return new Refused(Failure.of(kind, message));
    }
}
