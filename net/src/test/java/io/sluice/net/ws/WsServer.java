package io.sluice.net.ws;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Response;
import io.sluice.net.listen.TestListener;
import io.sluice.testkit.RawWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A listener whose WebSockets echo every message, and that does what some texts tell it. `/plain` is ordinary HTTP.
final class WsServer implements AutoCloseable, WsWatch {
    /// How each exchange and each socket ended, as text.
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    final BlockingQueue<Ending> exchanges = new LinkedBlockingQueue<>();
    final List<String> counted = new CopyOnWriteArrayList<>();
    final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    final TestListener listener;
    private final WsHandshake handshake;

    WsServer() {
        this(WsConfig.DEFAULT);
    }

    WsServer(WsConfig config) {
        handshake = new WsHandshake(config, this, 1);
        listener = new TestListener(this::handle);
    }

    private void handle(Exchange exchange) {
        if (exchange.request().path().equals("/plain")) {
            exchange.answer(Response.of(200, "text/plain", "plain"));
        } else if (exchange.request().path().equals("/later")) {
            exchange.request(exchange.request().withTarget("/", null));
            exchange.loop().executor().execute(() -> handle(exchange));
        } else if (handshake.check(exchange)) {
            exchange.onEnd((ended, how) -> exchanges.add(how));
            String protocol =
                    WsHandshake.subprotocol(exchange.request(), List.of("echo.1", "echo.2"));
            handshake.accept(exchange, protocol, new EchoSocket());
        }
    }

    int port() {
        return listener.port();
    }

    RawWebSocket connect(String... fields) {
        return RawWebSocket.open(port(), "/", fields);
    }

    /// Runs on the loop.
    void run(Runnable task) {
        listener.loops().all().getFirst().executor().submit(task).syncUninterruptibly();
    }

    String end() throws InterruptedException {
        String end = ends.poll(30, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no socket ended within 10 s");
        }
        return end;
    }

    @Override
    public void opened() {
        counted.add("opened");
    }

    @Override
    public void refused(Failure why) {
        counted.add("refused " + why.kind().label());
    }

    @Override
    public void closed(WsEnd end, @Nullable FailureKind why) {
        counted.add("closed " + end + (why == null ? "" : " " + why.label()));
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class EchoSocket implements WsListener {
        private @Nullable WebSocket socket;

        private WebSocket socket() {
            return java.util.Objects.requireNonNull(socket);
        }

        @Override
        public void opened(WebSocket opened) {
            socket = opened;
            sockets.add(opened);
        }

        @Override
        public void text(ByteBuf payload) {
            String text = payload.toString(StandardCharsets.UTF_8);
            switch (text) {
                case "close me" -> socket().close(1000, "as you wish");
                case "kick me" -> socket().close(FailureKind.KICKED, "kicked");
                case "cut me" -> socket().cut();
                case "throw" -> throw new IllegalStateException("a bug");
                default -> socket().write(echo(payload));
            }
        }

        private ByteBuf echo(ByteBuf payload) {
            return socket().compressed()
                    ? handshake.deflation(socket().loop()).text(socket().allocator(), payload)
                    : Frames.text(socket().allocator(), payload);
        }

        @Override
        public void binary(ByteBuf payload) {
            socket().write(Frames.binary(socket().allocator(), payload));
        }

        @Override
        public void readComplete() {
            socket().flush();
        }

        @Override
        public void drain() {
            socket().close(FailureKind.DRAINING, "Shutting down");
        }

        @Override
        public void closed(WsEnd end, int code, String reason) {
            ends.add(end + " " + code + (reason.isEmpty() ? "" : " " + reason));
        }
    }
}
