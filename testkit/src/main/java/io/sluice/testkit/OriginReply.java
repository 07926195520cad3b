package io.sluice.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The answer to one request, written piece by piece; each call flushes. Fields are written as given, plus
/// the framing. A broken connection is an [IOException] of the call that met it.
public final class OriginReply {
    private static final long FOREVER_MILLIS = 60_000;

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;
    private boolean complete;
    private boolean keepAlive = true;

    OriginReply(Socket socket, PushbackInputStream in) throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = socket.getOutputStream();
    }

    /// A whole response with `Content-Length`.
    ///
    /// @param fields lines `Name: value`
    public void send(int status, byte[] body, String... fields) throws IOException {
        write(head(status, fields) + "Content-Length: " + body.length + "\r\n\r\n");
        raw(body);
        complete = true;
    }

    public void json(int status, String body, String... fields) throws IOException {
        List<String> all = new ArrayList<>(List.of(fields));
        all.add("Content-Type: application/json");
        send(status, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
    }

    /// The framing and body of an answer to HEAD, 204 or 304 are the caller's: writes just this head.
    public void headOnly(int status, String... fields) throws IOException {
        write(head(status, fields) + "\r\n");
        complete = true;
    }

    /// An interim response, such as 103.
    public void informational(int status, String... fields) throws IOException {
        write(head(status, fields) + "\r\n");
    }

    /// Writes a head with these fields and no framing of its own; the body follows by [#raw], the end by
    /// [#complete].
    public void begin(int status, String... fields) throws IOException {
        write(head(status, fields) + "\r\n");
    }

    /// Starts a chunked response; [#endChunks] completes it.
    public void startChunks(int status, String... fields) throws IOException {
        write(head(status, fields) + "Transfer-Encoding: chunked\r\n\r\n");
    }

    public void chunk(byte[] bytes) throws IOException {
        write(Integer.toHexString(bytes.length) + "\r\n");
        raw(bytes);
        write("\r\n");
    }

    public void chunk(String text) throws IOException {
        chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param trailers lines `Name: value`
    public void endChunks(String... trailers) throws IOException {
        write("0\r\n" + lines(trailers) + "\r\n");
        complete = true;
    }

    /// Any bytes at all.
    public void raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /// The response is what was written raw so far; without this the request counts as cancelled.
    public void complete() {
        complete = true;
    }

    /// Waits, and notices at once when the client goes away meanwhile.
    ///
    /// @throws IOException when the client closed or reset
    public void pause(Duration time) throws IOException {
        int before = socket.getSoTimeout();
        socket.setSoTimeout((int) Math.max(1, time.toMillis()));
        try {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("client closed");
            }
            in.unread(b);
        } catch (SocketTimeoutException e) {
            // The expected way: nothing came while we waited.
        } finally {
            socket.setSoTimeout(before);
        }
    }

    /// Never answers; returns only by the exception when the client goes away, at the latest after a minute.
    public void stall() throws IOException {
        pause(Duration.ofMillis(FOREVER_MILLIS));
        throw new IOException("stalled for a minute");
    }

    /// Closes after this answer without having said so.
    public void closeSilentlyAfterwards() {
        keepAlive = false;
    }

    /// Closes now with FIN, whatever was written.
    public void closeNow() throws IOException {
        complete = true;
        keepAlive = false;
        socket.close();
    }

    /// Closes now with RST.
    public void reset() throws IOException {
        complete = true;
        keepAlive = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean keepAlive() {
        return keepAlive;
    }

    boolean isComplete() {
        return complete;
    }

    private static String head(int status, String... fields) {
        return "HTTP/1.1 " + status + " Origin\r\n" + lines(fields);
    }

    private static String lines(String... fields) {
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        return text.toString();
    }

    private void write(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
