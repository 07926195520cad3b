package io.sluice.net.http1;

import io.netty.buffer.ByteBuf;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import java.nio.charset.StandardCharsets;

/// Writes heads as HTTP/1.1 bytes. Framing is always ours: what the headers say about it is replaced.
final class HeadWriter {
    private static final long FRAMING =
            HeaderName.CONTENT_LENGTH.bit() | HeaderName.TRANSFER_ENCODING.bit();
    private static final long REPLACED_IN_REQUEST =
            FRAMING | HeaderName.HOST.bit() | HeaderName.CONNECTION.bit();
    private static final long REPLACED_IN_ANSWER =
            HeaderName.TRANSFER_ENCODING.bit() | HeaderName.CONNECTION.bit();
    private static final int CRLF = 0x0d0a;

    private static final byte[] REQUEST_VERSION = ascii(" HTTP/1.1\r\nHost: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] UPGRADE = ascii("Connection: Upgrade\r\n");
    private static final byte[] DATE = ascii("Date: ");
    private static final byte[][] STATUS_LINES = new byte[600][];

    static {
        for (int status = 0; status < STATUS_LINES.length; status++) {
            int shown = status < 100 ? 500 : status;
            STATUS_LINES[status] = ascii("HTTP/1.1 " + shown + ' ' + Reasons.of(shown) + "\r\n");
        }
    }

    /// What the Connection field of an answer says.
    enum ConnectionOption {
        /// Nothing: HTTP/1.1 keeps the connection.
        SILENT,
        KEEP_ALIVE,
        CLOSE,
        UPGRADE
    }

    private HeadWriter() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static int room(RequestHead head) {
        int query = head.query() == null ? 0 : head.query().length() + 1;
        return head.method().name().length()
                + head.path().length()
                + query
                + head.authority().length()
                + head.headers().linesLength()
                + 96;
    }

    static void write(ByteBuf out, RequestHead head, BodyFraming framing, long length) {
        head.headers().removeAll(REPLACED_IN_REQUEST);
        text(out, head.method().name());
        out.writeByte(' ');
        text(out, head.path());
        if (head.query() != null) {
            out.writeByte('?');
            text(out, head.query());
        }
        out.writeBytes(REQUEST_VERSION);
        text(out, head.authority());
        out.writeShort(CRLF);
        head.headers().writeLines(out);
        framing(out, framing, length);
        out.writeShort(CRLF);
    }

    private static void framing(ByteBuf out, BodyFraming framing, long length) {
        switch (framing) {
            case CHUNKED -> out.writeBytes(CHUNKED);
            case LENGTH -> {
                out.writeBytes(CONTENT_LENGTH);
                text(out, Long.toString(length));
                out.writeShort(CRLF);
            }
            case NONE, UNTIL_CLOSE -> {}
        }
    }

    static int room(ResponseHead head) {
        return head.headers().linesLength() + 192;
    }

    /// Writes an answer's head. `Content-Length` comes from its headers, where it stands when it is known.
    ///
    /// @param date value of Date when the headers have none
    static void write(
            ByteBuf out,
            ResponseHead head,
            BodyFraming framing,
            ConnectionOption option,
            byte[] date) {
        Headers headers = head.headers();
        headers.removeAll(
                framing == BodyFraming.CHUNKED ? REPLACED_IN_ANSWER | FRAMING : REPLACED_IN_ANSWER);
        statusLine(out, head.status());
        if (!headers.contains(HeaderName.DATE)) {
            out.writeBytes(DATE).writeBytes(date).writeShort(CRLF);
        }
        headers.writeLines(out);
        if (framing == BodyFraming.CHUNKED) {
            out.writeBytes(CHUNKED);
        }
        switch (option) {
            case CLOSE -> out.writeBytes(CLOSE);
            case KEEP_ALIVE -> out.writeBytes(KEEP_ALIVE);
            case UPGRADE -> out.writeBytes(UPGRADE);
            case SILENT -> {}
        }
        out.writeShort(CRLF);
    }

    static void writeInterim(ByteBuf out, ResponseHead head) {
        head.headers().removeAll(REPLACED_IN_ANSWER | FRAMING);
        statusLine(out, head.status());
        head.headers().writeLines(out);
        out.writeShort(CRLF);
    }

    private static void statusLine(ByteBuf out, int status) {
        out.writeBytes(STATUS_LINES[status]);
    }

    private static void text(ByteBuf out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
