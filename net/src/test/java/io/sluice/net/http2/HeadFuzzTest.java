package io.sluice.net.http2;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Exception;
import io.sluice.net.http.Peer;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.Tokens;
import io.sluice.testkit.RawHttp2;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Any bytes as the header block that opens a stream: an outcome, and never a request that could be read in another way
/// once it is written as HTTP/1.1.
final class HeadFuzzTest {
    private static final Peer PEER =
            Peer.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 2));

    @FuzzTest
    void opensAnything(byte[] block) {
        open(block);
    }

    /// The first three fields are good, so that the rest is looked at.
    @FuzzTest
    void opensAnythingBehindAGoodStart(byte[] more) {
        byte[] start = RawHttp2.get("/x");
        byte[] block = java.util.Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, block, start.length, more.length);
        open(block);
    }

    @Test
    void opensChangedHeads() {
        Random random = new Random(1);
        for (int round = 0; round < 50_000; round++) {
            byte[] block = RawHttp2.request("POST", "/a/b?c=d", "x-name", "value", "cookie", "a=b");
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                block[random.nextInt(block.length)] = (byte) random.nextInt(256);
            }
            open(block);
        }
    }

    private static void open(byte[] block) {
        FieldBlockDecoder decoder = new FieldBlockDecoder(32 * 1024, 100);
        ByteBuf bytes = Unpooled.wrappedBuffer(block);
        try {
            FieldBlock fields = (FieldBlock) decoder.decodeHeaders(1, bytes);
            if (Opening.of(fields, PEER)
                    instanceof Opening.Request(RequestHead head, long length)) {
                check(head, length);
            }
        } catch (Http2Exception refused) {
            assertThat(refused.getMessage()).isNotNull();
        } finally {
            bytes.release();
        }
    }

    private static void check(RequestHead head, long length) {
        assertThat(length).isGreaterThanOrEqualTo(-1);
        assertThat(Tokens.isToken(new io.netty.util.AsciiString(head.method().name()))).isTrue();
        assertThat(head.target()).matches("\\*|/[^\\x00-\\x20\\x7f#]*");
        assertThat(head.authority()).matches("[A-Za-z0-9.:_\\[\\]-]+");
        for (int i = 0; i < head.headers().size(); i++) {
            assertThat(head.headers().name(i)).matches("[^_\\x00-\\x20\\x7f-\\uffff:]+");
            assertThat(head.headers().value(i)).doesNotMatch("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
        }
    }
}
