package io.sluice.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.Loop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Any bytes where a PROXY header may stand: at most one peer is told, nothing is thrown, nothing is kept.
final class ProxyHeaderFuzzTest {
    private static final byte[] VERSION_1 =
            "PROXY TCP4 192.0.2.1 192.0.2.2 1000 2000\r\nGET / HTTP/1.1\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    @FuzzTest
    void readsAnything(byte[] bytes) {
        read(bytes);
    }

    @Test
    void readsChangedHeaders() {
        Random random = new Random(1);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = VERSION_1.clone();
            for (int i = random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            read(bytes);
        }
    }

    private static void read(byte[] bytes) {
        EmbeddedChannel channel = new EmbeddedChannel();
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        Loop loop = new Loop(channel.eventLoop(), Ticker.system(), 0);
        List<Peer> told = new ArrayList<>();
        channel.pipeline()
                .addLast(
                        new ProxyHeader(
                                ProxyProtocol.OPTIONAL,
                                loop,
                                Peer.of(here, here),
                                Duration.ofSeconds(10),
                                (peer, protocol, failure) -> {},
                                told::add));
        int half = bytes.length / 2;
        channel.writeInbound(Unpooled.copiedBuffer(bytes, 0, half));
        channel.writeInbound(Unpooled.copiedBuffer(bytes, half, bytes.length - half));
        channel.finishAndReleaseAll();
        channel.checkException();
        assertThat(told).hasSizeLessThanOrEqualTo(1);
    }
}
