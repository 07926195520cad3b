package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.CanonicalPath;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads request heads from a connection's input, strictly (RFC 9112 2–5). What is malformed is refused and never
/// repaired. Keeps its state between reads; one per connection, loop thread only.
final class RequestHeadReader {
    private static final int MAX_LEADING_LINES = 2;
    private static final int FIRST_TRY = 4096;

    /// Room left behind a head for the fields the gateway adds, so that the block need not grow.
    private static final int ROOM_FOR_ADDED = 384;

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
    private final RequestFields fields = new RequestFields();

    private int leadingLines;
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
        int methodEnd = RequestLine.methodEnd(block, length);
        if (methodEnd == length) {
            return Outcome.INCOMPLETE;
        }
        if (methodEnd == 0 || block[methodEnd] != ' ') {
            return refuse(FailureKind.BAD_REQUEST, "Malformed request line");
        }
        int targetEnd = RequestLine.targetEnd(block, methodEnd + 1, length);
        if (targetEnd > limits.maxRequestLine()) {
            return refuse(FailureKind.URI_TOO_LONG, "Request line too long");
        }
        if (targetEnd + RequestLine.AFTER_TARGET > length) {
            return targetEnd == length || block[targetEnd] == ' '
                    ? Outcome.INCOMPLETE
                    : refuse(FailureKind.BAD_REQUEST, "Malformed request line");
        }
        Protocol protocol = RequestLine.version(block, targetEnd);
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
        int fieldsStart = targetEnd + RequestLine.AFTER_TARGET;
        Headers headers = new Headers(block, length);
        int end = lines.read(block, fieldsStart, length, headers, fields);
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
        String problem = fields.problem(protocol);
        if (problem != null) {
            return refuse(FailureKind.BAD_REQUEST, problem);
        }
        Method method = RequestLine.method(block, methodEnd);
        if (method.equals(Method.CONNECT)) {
            return refuse(FailureKind.METHOD_NOT_ALLOWED, "CONNECT is not offered");
        }
        String authority = fields.host();
        int start = methodEnd + 1;
        if (block[start] != '/' && block[start] != '*') {
            int pathStart = RequestLine.pathStart(block, start, targetEnd);
            if (pathStart < 0) {
                return refuse(FailureKind.BAD_REQUEST, "Malformed request target");
            }
            String named = authority;
            authority = RequestLine.authority(block, start, pathStart);
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
        String path = start == question ? "/" : CanonicalPath.of(block, start, question);
        if (path == null) {
            return refuse(FailureKind.BAD_REQUEST, "Refused path");
        }
        String query = question < end ? RequestLine.text(block, question + 1, end) : null;
        head = new RequestHead(method, scheme, authority, path, query, protocol, headers);
        return Outcome.COMPLETE;
    }

    private Outcome refuseVersion(byte[] block, int targetEnd) {
        return RequestLine.foreignVersion(block, targetEnd)
                ? refuse(
                        FailureKind.HTTP_VERSION,
                        "Only HTTP/1.0, HTTP/1.1 and HTTP/2 are spoken here")
                : refuse(FailureKind.BAD_REQUEST, "Malformed request line");
    }

    private void reset() {
        fields.reset();
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
        return Objects.requireNonNull(head);
    }

    /// After COMPLETE: what Host said when an absolute-form target names another authority, else null.
    @Nullable String foreignHost() {
        return foreignHost;
    }

    /// After COMPLETE: whether the client waits for an interim answer before it sends the body.
    boolean expectsContinue() {
        return fields.expectsContinue();
    }

    /// After COMPLETE: framing and connection options of the head.
    Framing framing() {
        return fields.framing();
    }

    /// After REFUSED: why.
    Failure failure() {
        return Objects.requireNonNull(failure);
    }

    @Nullable Failure failureOrNull() {
        return failure;
    }

    /// Whether bytes of an unfinished head have arrived.
    boolean started() {
        return headEnd.scanned() > 0 || leadingLines > 0;
    }
}
