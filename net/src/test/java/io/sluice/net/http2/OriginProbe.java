package io.sluice.net.http2;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.dial.AnswerListener;
import io.sluice.net.dial.OriginCall;
import io.sluice.net.dial.OriginConnection;
import io.sluice.net.http.BodySink;
import io.sluice.net.http.BodySource;
import io.sluice.net.http.Headers;
import io.sluice.net.http.Method;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.ResponseHead;
import io.sluice.net.loop.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A dialled [Http2Origin] on a loop of its own, and listeners that write down what they hear.
final class OriginProbe implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Loop loop = new Loop((EventLoop) group.next(), Ticker.system(), 0);
    private final Channel channel;
    final OriginConnection connection;
    final BlockingQueue<String> closes = new LinkedBlockingQueue<>();

    OriginProbe(int port) throws Exception {
        this(port, OriginPings.Pace.DEFAULT);
    }

    OriginProbe(int port, OriginPings.Pace pace) throws Exception {
        channel =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        // The first frames may come before the codec is there.
                        .option(ChannelOption.AUTO_READ, false)
                        .handler(new ChannelInboundHandlerAdapter())
                        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .sync()
                        .channel();
        connection = onLoop(() -> Http2Origin.install(channel, pace, loop));
        onLoop(() -> {
            connection.onClose(() -> closes.add("closed"));
            channel.config().setAutoRead(true);
            return "";
        });
    }

    <T> T onLoop(Callable<T> task) throws Exception {
        return loop.executor().submit(task).get(30, TimeUnit.SECONDS);
    }

    Heard get(String path) throws Exception {
        return call(Method.GET, path, 0);
    }

    Heard call(Method method, String path, long length) throws Exception {
        Heard heard = new Heard();
        RequestHead head =
                new RequestHead(
                        method, "http", "o.test", path, null, Protocol.HTTP_1_1, new Headers());
        heard.call = onLoop(() -> connection.send(head, length, heard));
        return heard;
    }

    static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.executor().submit(() -> {}).syncUninterruptibly();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /// What one call heard, one line an event.
    static final class Heard implements AnswerListener, BodySink {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final StringBuilder body = new StringBuilder();
        volatile @Nullable OriginCall call;
        volatile @Nullable BodySource source;
        volatile @Nullable ResponseHead head;
        volatile boolean hold;

        String next() throws InterruptedException {
            String event = events.poll(30, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("nothing heard within 10 s");
            }
            return event;
        }

        boolean quiet() {
            return events.isEmpty();
        }

        @Override
        public void informational(ResponseHead interim) {
            events.add("interim " + interim.status());
        }

        @Override
        public void answered(ResponseHead newHead, BodySource newSource) {
            head = newHead;
            source = newSource;
            events.add("answered " + newHead.status());
            if (!hold) {
                newSource.to(this);
            }
        }

        @Override
        public void failed(Failure failure, boolean replyStarted) {
            events.add("failed " + failure.kind() + " " + replyStarted);
        }

        @Override
        public void finished(boolean reusable) {
            events.add("finished " + reusable);
        }

        @Override
        public void piece(ByteBuf piece) {
            body.append(piece.toString(StandardCharsets.UTF_8));
            piece.release();
        }

        @Override
        public void flush() {}

        @Override
        public void end(@Nullable Headers trailers) {
            events.add(
                    "body " + body + (trailers == null ? "" : " " + trailers.toString().strip()));
        }

        @Override
        public void abort(Failure why) {
            events.add("aborted " + why.kind());
        }

        @Override
        public boolean writable() {
            return true;
        }

        @Override
        public void onWritable(@Nullable Runnable listener) {}
    }
}
