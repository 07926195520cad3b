package io.sluice.app;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.DefaultEventLoop;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.Reply;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.loop.Loop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a handler answered to one GET, asked on a loop of its own without a socket.
public record Page(int status, Headers headers, String text) {

    public static Page get(Handler handler, String path, Map<String, String> fields) {
        Headers headers = new Headers();
        fields.forEach((name, value) -> headers.add(HeaderName.of(name), value));
        RequestHead head =
                new RequestHead(
                        Method.GET, "http", "localhost", path, null, Protocol.HTTP_1_1, headers);
        DefaultEventLoop executor = new DefaultEventLoop();
        try {
            Recorder recorder = new Recorder();
            Loop loop = new Loop(executor, Ticker.system(), 0);
            executor.execute(() -> {
                Exchange exchange = new Exchange(loop, peer(), head, BodySource.empty(), recorder);
                handler.handle(exchange);
            });
            return recorder.page.orTimeout(30, TimeUnit.SECONDS).join();
        } finally {
            var _ = executor.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    public String header(String name) {
        return requireNonNull(headers.get(HeaderName.of(name)), name);
    }

    /// The body read as JSON; every JSON text is YAML.
    @SuppressWarnings("unchecked") // the caller asserts on what is inside
    public Map<String, Object> json() {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static Peer peer() {
        InetSocketAddress loopback =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
        return Peer.of(loopback, loopback);
    }

    private static final class Recorder implements Reply, BodySink {
        private final CompletableFuture<Page> page = new CompletableFuture<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private ResponseHead head = new ResponseHead(599);

        @Override
        public void informational(ResponseHead interim) {}

        @Override
        public BodySink begin(ResponseHead answer) {
            head = answer;
            return this;
        }

        @Override
        public void cut() {
            page.completeExceptionally(new IllegalStateException("cut"));
        }

        @Override
        public void piece(ByteBuf piece) {
            try {
                piece.readBytes(body, piece.readableBytes());
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            } finally {
                piece.release();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void end(@Nullable Headers trailers) {
            page.complete(
                    new Page(head.status(), head.headers(), body.toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void abort(Failure why) {
            page.completeExceptionally(new IllegalStateException(why.message()));
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(@Nullable Runnable listener) {}
    }
}
