package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.http.Tokens;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads the heads of an origin's answers, strictly (RFC 9112 4–5). Drops hop-by-hop fields, also those that Connection
/// names. One per connection, loop thread only.
final class ResponseHeadReader implements FieldLines.FieldVisitor {
    /// Most bytes that are looked at before the end of the head was searched for.
    private static final int MOST_FIRST = 4096;

    /// By how much a head may outgrow the one before it to be read at the first try.
    private static final int SLACK = 64;

    private static final int ROOM_FOR_ADDED = 256;
    private static final int STATUS_START = 9;
    private static final long HOP_BY_HOP =
            HeaderName.CONNECTION.bit()
                    | HeaderName.KEEP_ALIVE.bit()
                    | HeaderName.PROXY_CONNECTION.bit()
                    | HeaderName.PROXY_AUTHENTICATE.bit()
                    | HeaderName.TE.bit()
                    | HeaderName.TRAILER.bit()
                    | HeaderName.TRANSFER_ENCODING.bit()
                    | HeaderName.UPGRADE.bit();

    /// What [#read] came to.
    enum Outcome {
        INCOMPLETE,
        COMPLETE,
        MALFORMED
    }

    private final HeadLimits limits;
    private final FieldLines lines;
    private final HeadEnd headEnd = new HeadEnd();
    private final Framing framing = new Framing();
    private @Nullable String connection;
    private @Nullable ResponseHead head;
    private Protocol protocol = Protocol.HTTP_1_1;
    private int announcedIdleSeconds = KeepAlive.UNSAID;

    /// Bytes to look at first: a service's heads are about as long as each other, and a body behind one need not be
    /// copied with it.
    private int firstTry = 1024;

    ResponseHeadReader(HeadLimits limits) {
        this.limits = limits;
        this.lines = new FieldLines(limits.maxFields());
    }

    Outcome read(Input input) {
        ByteBuf bytes = input.peek();
        int available = bytes.readableBytes();
        if (headEnd.scanned() == 0) {
            Outcome first = parse(bytes, Math.min(available, firstTry));
            if (first != Outcome.INCOMPLETE) {
                return first;
            }
        }
        int length = headEnd.find(bytes);
        if (length == HeadEnd.INCOMPLETE) {
            return available > limits.maxHead() ? Outcome.MALFORMED : Outcome.INCOMPLETE;
        }
        return length < 0 || length > limits.maxHead() ? Outcome.MALFORMED : parse(bytes, length);
    }

    private Outcome parse(ByteBuf bytes, int length) {
        byte[] block = new byte[length + ROOM_FOR_ADDED];
        bytes.getBytes(bytes.readerIndex(), block, 0, length);
        framing.reset();
        connection = null;
        head = null;
        int lineEnd = STATUS_START;
        while (lineEnd < length && Tokens.isValueByte(block[lineEnd])) {
            lineEnd++;
        }
        if (lineEnd + 1 >= length) {
            return lineEnd >= length || block[lineEnd] == '\r'
                    ? Outcome.INCOMPLETE
                    : Outcome.MALFORMED;
        }
        int status = statusLine(block, lineEnd);
        if (status < 0) {
            return Outcome.MALFORMED;
        }
        Headers headers = new Headers(block, length);
        int end = lines.read(block, lineEnd + 2, length, headers, this);
        if (end == FieldLines.INCOMPLETE) {
            return Outcome.INCOMPLETE;
        }
        if (end < 0 || framing.problem() != null) {
            return Outcome.MALFORMED;
        }
        removeNamedByConnection(headers);
        head = new ResponseHead(status, headers);
        bytes.skipBytes(end);
        headEnd.reset();
        firstTry = Math.min(end + SLACK, MOST_FIRST);
        return Outcome.COMPLETE;
    }

    /// Status of `HTTP/1.x NNN[ reason]` CRLF, or -1.
    private int statusLine(byte[] block, int lineEnd) {
        boolean version =
                block[0] == 'H'
                        && block[1] == 'T'
                        && block[2] == 'T'
                        && block[3] == 'P'
                        && block[4] == '/'
                        && block[5] == '1'
                        && block[6] == '.'
                        && (block[7] == '1' || block[7] == '0')
                        && block[8] == ' ';
        boolean ends = block[lineEnd] == '\r' && block[lineEnd + 1] == '\n';
        int reason = STATUS_START + 3;
        if (!version || !ends || lineEnd < reason || lineEnd > reason && block[reason] != ' ') {
            return -1;
        }
        protocol = block[7] == '0' ? Protocol.HTTP_1_0 : Protocol.HTTP_1_1;
        int status = (int) Framing.parseLength(block, STATUS_START, reason);
        return status >= 100 && status < 600 ? status : -1;
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
            return true;
        }
        framing.field(name, block, valueStart, valueEnd);
        if (name.equals(HeaderName.CONNECTION)) {
            String listed = RequestLine.text(block, valueStart, valueEnd);
            connection = connection == null ? listed : connection + ',' + listed;
        }
        if (name.equals(HeaderName.KEEP_ALIVE)) {
            announcedIdleSeconds = KeepAlive.seconds(block, valueStart, valueEnd);
        }
        return (HOP_BY_HOP & name.bit()) == 0;
    }

    private void removeNamedByConnection(Headers headers) {
        String named = connection;
        if (named == null
                || named.equalsIgnoreCase("close")
                || named.equalsIgnoreCase("keep-alive")) {
            return;
        }
        for (String option : named.split(",")) {
            String name = option.strip();
            if (Tokens.isToken(name)) {
                headers.remove(HeaderName.of(name));
            }
        }
    }

    /// After COMPLETE.
    ResponseHead head() {
        return Objects.requireNonNull(head);
    }

    /// After COMPLETE.
    Framing framing() {
        return framing;
    }

    /// After COMPLETE: whether the origin lets the connection live beyond this answer.
    boolean keepsConnection() {
        return framing.persists(protocol);
    }

    /// How long the origin last said that it keeps an idle connection, or [Long#MAX_VALUE].
    long announcedIdleNanos() {
        return announcedIdleSeconds == KeepAlive.UNSAID
                ? Long.MAX_VALUE
                : TimeUnit.SECONDS.toNanos(announcedIdleSeconds);
    }
}
