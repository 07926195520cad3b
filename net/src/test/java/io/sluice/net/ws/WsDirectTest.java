package io.sluice.net.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawWebSocket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The short way to a client keeps the order of what is written beside it, and ends before the goodbye.
@ExtendWith(LeakCheck.class)
class WsDirectTest {
    private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);
    private static final int LARGE = 32 * 1024;
    private static final int MANY = 600;

    private static WebSocket onlySocket(WsServer server) {
        assumeTrue(Transport.EPOLL.available(), "the short way is epoll's");
        return server.sockets.getFirst();
    }

    private static DirectSocket direct(WebSocket socket) {
        return Objects.requireNonNull(socket.direct());
    }

    private static ByteBuf frame(String text) {
        return Frames.text(MEMORY, text);
    }

    private static int send(DirectSocket direct, ByteBuf frame) {
        return direct.send(frame, frame.readerIndex(), frame.writerIndex());
    }

    @Test
    void leavesTheBufferToItsOwner() {
        try (WsServer server = new WsServer();
                RawWebSocket client = server.connect().text("hello")) {
            assertThat(client.readText()).isEqualTo("hello");
            WebSocket socket = onlySocket(server);
            server.run(() -> {
                ByteBuf frame = frame("to many");
                int sent = send(direct(socket), frame) + send(direct(socket), frame);
                assertThat(sent).isEqualTo(2 * frame.readableBytes());
                assertThat(frame.release()).isTrue();
            });
            assertThat(client.readText()).isEqualTo("to many");
            assertThat(client.readText()).isEqualTo("to many");
        }
    }

    @Test
    void sendsNothingPastWhatIsQueued() {
        try (WsServer server = new WsServer();
                RawWebSocket client = server.connect().text("hello")) {
            assertThat(client.readText()).isEqualTo("hello");
            WebSocket socket = onlySocket(server);
            AtomicInteger past = new AtomicInteger(-1);
            server.run(() -> {
                socket.write(frame("first"));
                ByteBuf second = frame("second");
                past.set(send(direct(socket), second));
                socket.write(second);
                socket.flush();
            });
            assertThat(client.readText()).isEqualTo("first");
            assertThat(client.readText()).isEqualTo("second");
            assertThat(past).hasValue(0);
        }
    }

    @Test
    void goesOnWhereTheSystemTookNoMore() {
        try (WsServer server = new WsServer();
                RawWebSocket client = server.connect().text("hello")) {
            assertThat(client.readText()).isEqualTo("hello");
            WebSocket socket = onlySocket(server);
            AtomicInteger direct = new AtomicInteger();
            server.run(() -> {
                for (int i = 0; i < MANY; i++) {
                    ByteBuf frame = frame(numbered(i));
                    int sent = send(direct(socket), frame);
                    direct.addAndGet(sent);
                    if (sent < frame.readableBytes()) {
                        socket.write(frame.skipBytes(sent));
                        socket.flush();
                    } else {
                        frame.release();
                    }
                }
            });
            for (int i = 0; i < MANY; i++) {
                assertThat(client.readText()).isEqualTo(numbered(i));
            }
            assertThat(direct).hasPositiveValue();
            assertThat(direct.get()).isLessThan(MANY * LARGE);
        }
    }

    private static String numbered(int number) {
        return number + " " + "x".repeat(LARGE);
    }

    @Test
    void endsBeforeTheGoodbye() {
        try (WsServer server = new WsServer();
                RawWebSocket client = server.connect().text("hello")) {
            assertThat(client.readText()).isEqualTo("hello");
            WebSocket socket = onlySocket(server);
            AtomicInteger after = new AtomicInteger(-1);
            server.run(() -> {
                socket.close(1000, "done");
                ByteBuf late = frame("late");
                after.set(send(direct(socket), late));
                late.release();
            });
            assertThat(client.readClose().closeCode()).isEqualTo(1000);
            assertThat(after).hasValue(0);
        }
    }
}
