package io.sluice.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.StringJoiner;

/// One command to a Redis server over a connection of its own, for looking at what a test left there.
final class RedisAsk {
    private static final int PATIENCE_MILLIS = 30_000;

    private RedisAsk() {}

    /// The answer as text: a list as `[a, b]`, nothing as `nil`.
    ///
    /// @throws UncheckedIOException when there is none
    static String ask(int port, String... command) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("*" + command.length + "\r\n").getBytes(UTF_8));
            for (String word : command) {
                byte[] bytes = word.getBytes(UTF_8);
                request.writeBytes(("$" + bytes.length + "\r\n").getBytes(UTF_8));
                request.writeBytes(bytes);
                request.writeBytes(new byte[] {'\r', '\n'});
            }
            socket.getOutputStream().write(request.toByteArray());
            return read(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(InputStream in) throws IOException {
        int kind = in.read();
        String line = line(in);
        return switch (kind) {
            case '+', ':', '-' -> line;
            case '$' -> text(in, Integer.parseInt(line));
            case '*' -> list(in, Integer.parseInt(line));
            default -> throw new EOFException("no answer");
        };
    }

    private static String text(InputStream in, int length) throws IOException {
        if (length < 0) {
            return "nil";
        }
        String text = new String(in.readNBytes(length), UTF_8);
        line(in);
        return text;
    }

    private static String list(InputStream in, int length) throws IOException {
        StringJoiner items = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < length; i++) {
            items.add(read(in));
        }
        return items.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next != '\r') {
            if (next < 0) {
                throw new EOFException("the answer ends early");
            }
            line.write(next);
            next = in.read();
        }
        in.read();
        return line.toString(UTF_8);
    }
}
