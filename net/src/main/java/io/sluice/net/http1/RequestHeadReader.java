package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.CanonicalPath;
import io.sluice.net.http.EncodedSlash;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.Tokens;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads request heads from a connection's input, strictly (RFC 9112 2–5). What is malformed is refused and never
/// repaired. Keeps its state between reads; one per connection, loop thread only.
final class RequestHeadReader implements FieldLines.FieldVisitor {
    private static final int MAX_METHOD = 32;
    private static final int MAX_LEADING_LINES = 2;
    private static final int FIRST_TRY = 4096;

    /// Room left behind a head for the fields the gateway adds, so that the block need not grow.
    private static final int ROOM_FOR_ADDED = 384;

    private static final byte[] VERSION = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);

    /// What [#read] came to.
    enum Outcome {
        INCOMPLETE,
        COMPLETE,
        REFUSED
    }

    private final HeadLimits limits;
    private final String scheme;
    private final FieldLines lines;
    private final HeadEnd headEnd = new HeadEnd();
    private final Framing framing = new Framing();

    private int leadingLines;
    private int hosts;
    private @Nullable String host;
    private boolean hostMalformed;
    private boolean expectContinue;
    private @Nullable RequestHead head;
    private @Nullable String foreignHost;
    private @Nullable Failure failure;

    RequestHeadReader(HeadLimits limits, String scheme) {
        this.limits = limits;
        this.scheme = scheme;
        this.lines = new FieldLines(limits.maxFields());
    }

    /// Reads as far as the input goes; consumes a head only whole.
    Outcome read(Input input) {
        Outcome leading = skipLeadingLines(input);
        if (leading != Outcome.COMPLETE) {
            return leading;
        }
        ByteBuf bytes = input.peek();
        int available = bytes.readableBytes();
        if (headEnd.scanned() == 0 && available <= FIRST_TRY) {
            Outcome first = parse(bytes, available);
            if (first != Outcome.INCOMPLETE) {
                return first;
            }
        }
        int length = headEnd.find(bytes);
        if (length == HeadEnd.BARE_LINE_FEED) {
            return refuse(FailureKind.BAD_REQUEST, "Line feed without carriage return");
        }
        if (length == HeadEnd.INCOMPLETE) {
            return checkLimits(available);
        }
        return length > limits.maxHead() ? checkLimits(length) : parse(bytes, length);
    }

    private Outcome skipLeadingLines(Input input) {
        ByteBuf bytes = input.peek();
        while (bytes.isReadable()
                && headEnd.scanned() == 0
                && isLineBreak(bytes.getByte(bytes.readerIndex()))) {
            if (leadingLines == MAX_LEADING_LINES) {
                return refuse(FailureKind.BAD_REQUEST, "Empty lines before the request line");
            }
            boolean alone = bytes.readableBytes() < 2;
            if (alone && bytes.getByte(bytes.readerIndex()) == '\r') {
                return Outcome.INCOMPLETE;
            }
            if (alone || bytes.readShort() != 0x0d0a) {
                return refuse(
                        FailureKind.BAD_REQUEST, "Malformed line break before the request line");
            }
            leadingLines++;
        }
        return bytes.isReadable() ? Outcome.COMPLETE : Outcome.INCOMPLETE;
    }

    private static boolean isLineBreak(byte b) {
        return b == '\r' || b == '\n';
    }

    private Outcome checkLimits(int length) {
        if (!headEnd.firstLineSeen() && length > limits.maxRequestLine()) {
            return refuse(FailureKind.URI_TOO_LONG, "Request line too long");
        }
        if (length > limits.maxHead()) {
            return refuse(FailureKind.HEADERS_TOO_LARGE, "Request header fields too large");
        }
        return Outcome.INCOMPLETE;
    }

    private Outcome parse(ByteBuf bytes, int length) {
        byte[] block = new byte[length + ROOM_FOR_ADDED];
        bytes.getBytes(bytes.readerIndex(), block, 0, length);
        reset();
        int methodEnd = tokenEnd(block, Math.min(length, MAX_METHOD + 1));
        if (methodEnd == length) {
            return Outcome.INCOMPLETE;
        }
        if (methodEnd == 0 || block[methodEnd] != ' ') {
            return refuse(FailureKind.BAD_REQUEST, "Malformed request line");
        }
        int targetEnd = targetEnd(block, methodEnd + 1, length);
        if (targetEnd > limits.maxRequestLine()) {
            return refuse(FailureKind.URI_TOO_LONG, "Request line too long");
        }
        if (targetEnd + 11 > length) {
            return targetEnd == length || block[targetEnd] == ' '
                    ? Outcome.INCOMPLETE
                    : refuse(FailureKind.BAD_REQUEST, "Malformed request line");
        }
        Protocol protocol = version(block, targetEnd);
        if (protocol == null) {
            return refuseVersion(block, targetEnd);
        }
        return fields(bytes, block, length, methodEnd, targetEnd, protocol);
    }

    private Outcome fields(
            ByteBuf bytes,
            byte[] block,
            int length,
            int methodEnd,
            int targetEnd,
            Protocol protocol) {
        int fieldsStart = targetEnd + 11;
        Headers headers = new Headers(block, length);
        int end = lines.read(block, fieldsStart, length, headers, this);
        if (end == FieldLines.INCOMPLETE) {
            return Outcome.INCOMPLETE;
        }
        if (end == FieldLines.TOO_MANY || end - fieldsStart > limits.maxHeaderBytes()) {
            return refuse(FailureKind.HEADERS_TOO_LARGE, "Request header fields too large");
        }
        if (end == FieldLines.MALFORMED) {
            return refuse(FailureKind.BAD_REQUEST, "Malformed header field");
        }
        Outcome outcome = build(block, methodEnd, targetEnd, protocol, headers);
        if (outcome == Outcome.COMPLETE) {
            bytes.skipBytes(end);
            headEnd.reset();
            leadingLines = 0;
        }
        return outcome;
    }

    private Outcome build(
            byte[] block, int methodEnd, int targetEnd, Protocol protocol, Headers headers) {
        String problem = framing.problem();
        if (problem == null && framing.chunked() && protocol == Protocol.HTTP_1_0) {
            problem = "Transfer-Encoding in HTTP/1.0";
        }
        if (problem == null) {
            problem = hostProblem(protocol);
        }
        if (problem != null) {
            return refuse(FailureKind.BAD_REQUEST, problem);
        }
        Method method = method(block, methodEnd);
        if (method.equals(Method.CONNECT)) {
            return refuse(FailureKind.METHOD_NOT_ALLOWED, "CONNECT is not offered");
        }
        String authority = host == null ? "" : host;
        int start = methodEnd + 1;
        if (block[start] != '/' && block[start] != '*') {
            int pathStart = absoluteForm(block, start, targetEnd);
            if (pathStart < 0) {
                return refuse(FailureKind.BAD_REQUEST, "Malformed request target");
            }
            String named = authority;
            authority = text(block, block[start + 4] == ':' ? start + 7 : start + 8, pathStart);
            foreignHost = named.equalsIgnoreCase(authority) ? null : named;
            start = pathStart;
        }
        return target(block, start, targetEnd, method, authority, protocol, headers);
    }

    private Outcome target(
            byte[] block,
            int start,
            int end,
            Method method,
            String authority,
            Protocol protocol,
            Headers headers) {
        if (block[start] == '*' && (end != start + 1 || !method.equals(Method.OPTIONS))) {
            return refuse(FailureKind.BAD_REQUEST, "Malformed request target");
        }
        int question = start;
        while (question < end && block[question] != '?') {
            question++;
        }
        String raw = start == end || start == question ? "/" : text(block, start, question);
        String path = raw.equals("*") ? raw : CanonicalPath.of(raw, EncodedSlash.KEEP);
        if (path == null) {
            return refuse(FailureKind.BAD_REQUEST, "Refused path");
        }
        String query = question < end ? text(block, question + 1, end) : null;
        head = new RequestHead(method, scheme, authority, path, query, protocol, headers);
        return Outcome.COMPLETE;
    }

    /// Position where the path starts in an absolute-form target, or -1.
    private static int absoluteForm(byte[] block, int start, int end) {
        String text =
                text(block, start, Math.min(end, start + 8)).toLowerCase(java.util.Locale.ROOT);
        int authority =
                text.startsWith("http://") ? start + 7 : text.equals("https://") ? start + 8 : end;
        int pathStart = authority;
        while (pathStart < end && block[pathStart] != '/' && block[pathStart] != '?') {
            pathStart++;
        }
        return Authority.valid(block, authority, pathStart) ? pathStart : -1;
    }

    private @Nullable String hostProblem(Protocol protocol) {
        if (hosts > 1) {
            return "More than one Host";
        }
        if (hostMalformed) {
            return "Malformed Host";
        }
        return hosts == 0 && protocol == Protocol.HTTP_1_1 ? "Missing Host" : null;
    }

    private static int tokenEnd(byte[] block, int limit) {
        int at = 0;
        while (at < limit && Tokens.isTokenByte(block[at])) {
            at++;
        }
        return at;
    }

    private static int targetEnd(byte[] block, int start, int length) {
        int at = start;
        while (at < length && block[at] > ' ' && block[at] != 0x7f && block[at] != '#') {
            at++;
        }
        return at;
    }

    private static @Nullable Protocol version(byte[] block, int targetEnd) {
        if (block[targetEnd] != ' '
                || block[targetEnd + 9] != '\r'
                || block[targetEnd + 10] != '\n') {
            return null;
        }
        for (int i = 0; i < VERSION.length; i++) {
            if (block[targetEnd + 1 + i] != VERSION[i]) {
                return null;
            }
        }
        return switch (block[targetEnd + 8]) {
            case '1' -> Protocol.HTTP_1_1;
            case '0' -> Protocol.HTTP_1_0;
            default -> null;
        };
    }

    private Outcome refuseVersion(byte[] block, int targetEnd) {
        String found = text(block, targetEnd, targetEnd + 9);
        boolean otherVersion = found.matches(" HTTP/\\d\\.\\d") && block[targetEnd + 9] == '\r';
        return otherVersion && !found.startsWith(" HTTP/1.")
                ? refuse(
                        FailureKind.HTTP_VERSION,
                        "Only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here")
                : refuse(FailureKind.BAD_REQUEST, "Malformed request line");
    }

    private static Method method(byte[] block, int end) {
        boolean get = end == 3 && block[0] == 'G' && block[1] == 'E' && block[2] == 'T';
        return get ? Method.GET : Method.of(text(block, 0, end));
    }

    private static String text(byte[] block, int start, int end) {
        return new String(block, start, end - start, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean keep(
            byte[] block,
            int nameStart,
            int nameEnd,
            int valueStart,
            int valueEnd,
            @Nullable HeaderName name) {
        if (name == null) {
            return !hasUnderscore(block, nameStart, nameEnd);
        }
        if (name.equals(HeaderName.HOST)) {
            hosts++;
            hostMalformed |= !Authority.valid(block, valueStart, valueEnd);
            host = text(block, valueStart, valueEnd);
            return false;
        }
        if (name.equals(HeaderName.CONTENT_LENGTH) || name.equals(HeaderName.TRANSFER_ENCODING)) {
            framing.field(name, block, valueStart, valueEnd);
            return false;
        }
        if (name.equals(HeaderName.CONNECTION)) {
            framing.field(name, block, valueStart, valueEnd);
        } else if (name.equals(HeaderName.EXPECT)) {
            expectContinue = "100-continue".equalsIgnoreCase(text(block, valueStart, valueEnd));
        }
        return true;
    }

    private static boolean hasUnderscore(byte[] block, int start, int end) {
        for (int i = start; i < end; i++) {
            if (block[i] == '_') {
                return true;
            }
        }
        return false;
    }

    private void reset() {
        framing.reset();
        hosts = 0;
        host = null;
        hostMalformed = false;
        expectContinue = false;
        head = null;
        foreignHost = null;
        failure = null;
    }

    private Outcome refuse(FailureKind kind, String message) {
        failure = Failure.of(kind, message);
        return Outcome.REFUSED;
    }

    /// After COMPLETE: the head, without Host, Content-Length and Transfer-Encoding among its headers.
    RequestHead head() {
        return java.util.Objects.requireNonNull(head);
    }

    /// After COMPLETE: what Host said when an absolute-form target names another authority, else null.
    @Nullable String foreignHost() {
        return foreignHost;
    }

    /// After COMPLETE: whether the client waits for an interim answer before it sends the body.
    boolean expectsContinue() {
        return expectContinue;
    }

    /// After COMPLETE: framing and connection options of the head.
    Framing framing() {
        return framing;
    }

    /// After REFUSED: why.
    Failure failure() {
        return java.util.Objects.requireNonNull(failure);
    }

    @Nullable Failure failureOrNull() {
        return failure;
    }

    /// Whether bytes of an unfinished head have arrived.
    boolean started() {
        return headEnd.scanned() > 0 || leadingLines > 0;
    }
}
