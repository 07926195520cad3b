package io.sluice.app.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client of rt, for trying the gateway. It listens before the connection is open, so that it misses nothing. One
/// thread at a time.
final class EchoClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Consumer<String> tap;
    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private @Nullable WebSocket socket;

    private EchoClient(Consumer<String> tap) {
        this.tap = tap;
    }

    /// @param tap gets every frame, in order
    static EchoClient connect(HttpClient http, URI uri, Consumer<String> tap)
            throws InterruptedException, TimeoutException {
        EchoClient client = new EchoClient(tap);
        try {
            client.socket =
                    http.newWebSocketBuilder()
                            .buildAsync(uri, client)
                            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return client;
        } catch (ExecutionException refused) {
            throw new TimeoutException("no connection to " + uri + ": " + refused.getMessage());
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String frame = partial.toString();
            partial.setLength(0);
            tap.accept(frame);
            frames.add(frame);
        }
        from.request(1);
        return null;
    }

    /// Joins group-1 and waits until the gateway says that it did.
    void join(String label) throws InterruptedException, TimeoutException {
        await("ready");
        send(
                "{\"type\":\"identify\",\"payload\":{\"clientType\":\"app-client\",\"groupId\":\"group-1\","
                        + "\"metadata\":{\"label\":\""
                        + label
                        + "\"}}}");
        await("ready");
    }

    void send(String text) {
        if (socket != null) {
            socket.sendText(text, true);
        }
    }

    /// Waits for a frame of this type and passes over others.
    ///
    /// @throws TimeoutException when none comes in time, with a sentence for the user
    void await(String type) throws InterruptedException, TimeoutException {
        String frame;
        do {
            frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (frame == null) {
                throw new TimeoutException(
                        "no " + type + " within " + PATIENCE_SECONDS + " seconds");
            }
        } while (!frame.contains("\"type\":\"" + type + "\""));
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.abort();
        }
    }
}
