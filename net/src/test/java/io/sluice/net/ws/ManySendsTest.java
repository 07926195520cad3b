package io.sluice.net.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.net.direct.DirectSends;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.direct.RingSends;
import io.sluice.net.direct.SingleSends;
import io.sluice.net.loop.Transport;
import io.sluice.testkit.LeakCheck;
import io.sluice.testkit.RawWebSocket;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both ways of sending to many clients together.
@ExtendWith(LeakCheck.class)
class ManySendsTest {
    private static final UnpooledByteBufAllocator MEMORY = new UnpooledByteBufAllocator(true, true);
    private static final int CLIENTS = 5;
    private static final int LARGE = 60 * 1024;

    enum Way {
        ONE_BY_ONE,
        TOGETHER
    }

    private final WsServer server = new WsServer();
    private final List<RawWebSocket> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(RawWebSocket::close);
        server.close();
    }

    private static DirectSends open(Way way) {
        assumeTrue(Transport.EPOLL.available(), "the short way is epoll's");
        try {
            return way == Way.ONE_BY_ONE ? new SingleSends() : RingSends.open();
        } catch (IOException refused) {
            return abort("no rings here: " + refused.getMessage());
        }
    }

    /// Clients and their sockets have the same numbers.
    private void connect() {
        for (int i = 0; i < CLIENTS; i++) {
            RawWebSocket client = server.connect().text("hello");
            assertThat(client.readText()).isEqualTo("hello");
            clients.add(client);
        }
    }

    private DirectSocket socket(int number) {
        return Objects.requireNonNull(server.sockets.get(number).direct());
    }

    /// One round to everybody; what is left goes the long way.
    private void round(DirectSends sends, String text) {
        ByteBuf frame = Frames.text(MEMORY, text);
        List<WebSocket> receivers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            if (socket(i).isReady()) {
                receivers.add(server.sockets.get(i));
                sends.add(socket(i), frame.memoryAddress(), frame.readableBytes());
            } else {
                server.sockets.get(i).write(frame.retainedDuplicate());
                server.sockets.get(i).flush();
            }
        }
        sends.send();
        for (int place = 0; place < receivers.size(); place++) {
            int left = sends.left(place);
            if (left > 0) {
                receivers.get(place).write(frame.retainedSlice(frame.writerIndex() - left, left));
                receivers.get(place).flush();
            }
        }
        frame.release();
    }

    private static void close(DirectSends sends) {
        if (sends instanceof RingSends ring) {
            assertThat(ring.isBroken()).isFalse();
            ring.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everybodyGetsEveryRoundWhole(Way way) {
        DirectSends sends = open(way);
        connect();
        server.run(() -> {
            for (int i = 0; i < 100; i++) {
                round(sends, "round " + i);
            }
            close(sends);
        });
        for (RawWebSocket client : clients) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.readText()).isEqualTo("round " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatASlowClientDidNotTakeFollowsAndNobodyElseWaits(Way way) {
        DirectSends sends = open(way);
        connect();
        List<Integer> unready = new ArrayList<>();
        server.run(() -> {
            // Nobody reads meanwhile, so all sockets fill; then the first are queued.
            for (int i = 0; i < 200; i++) {
                round(sends, i + " " + "x".repeat(LARGE));
                if (!socket(0).isReady()) {
                    unready.add(i);
                }
            }
        });
        assertThat(unready).isNotEmpty();
        for (RawWebSocket client : clients) {
            for (int i = 0; i < 200; i++) {
                assertThat(client.readText()).startsWith(i + " xx").endsWith("xx");
            }
        }
        server.run(() -> {
            round(sends, "all read");
            close(sends);
        });
        for (RawWebSocket client : clients) {
            assertThat(client.readText()).isEqualTo("all read");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whoHasGoneGetsNothingAndDisturbsNobody(Way way) {
        DirectSends sends = open(way);
        connect();
        List<Integer> left = new ArrayList<>();
        server.run(() -> {
            ByteBuf frame = Frames.text(MEMORY, "still here?");
            // The kernel knows of its end before the loop does, which is busy here.
            clients.get(2).client().reset();
            while (left.isEmpty() || left.get(2) == 0) {
                left.clear();
                for (int i = 0; i < CLIENTS; i++) {
                    sends.add(socket(i), frame.memoryAddress(), frame.readableBytes());
                }
                sends.send();
                for (int i = 0; i < CLIENTS; i++) {
                    left.add(sends.left(i));
                }
            }
            frame.release();
            close(sends);
        });
        assertThat(left).containsExactly(0, 0, left.get(2), 0, 0);
        for (int i = 0; i < CLIENTS; i++) {
            if (i != 2) {
                assertThat(clients.get(i).readText()).isEqualTo("still here?");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aReceiverIsOneUntilTheRoundIsOver(Way way) {
        DirectSends sends = open(way);
        connect();
        List<Boolean> has = new ArrayList<>();
        server.run(() -> {
            ByteBuf frame = Frames.text(MEMORY, "once");
            has.add(sends.has(socket(0)));
            sends.add(socket(0), frame.memoryAddress(), frame.readableBytes());
            has.add(sends.has(socket(0)));
            has.add(sends.has(socket(1)));
            sends.send();
            has.add(sends.has(socket(0)));
            frame.release();
            close(sends);
        });
        assertThat(has).containsExactly(false, true, false, false);
        assertThat(clients.getFirst().readText()).isEqualTo("once");
    }
}
