package io.sluice.net.ws;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.testkit.RawWebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class FrameReaderTest {
    private static final FrameLimits LIMITS = new FrameLimits(4096, 10, true);

    @Provide
    Arbitrary<byte[]> frames() {
        Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(300);
        Arbitrary<byte[]> text = texts.map(value -> RawWebSocket.frame(0x81, value));
        Arbitrary<byte[]> binary =
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(700)
                        .map(value -> RawWebSocket.frame(0x82, value));
        Arbitrary<byte[]> control =
                Combinators.combine(
                                Arbitraries.of(0x89, 0x8a),
                                Arbitraries.bytes().array(byte[].class).ofMaxSize(125))
                        .as(RawWebSocket::frame);
        Arbitrary<byte[]> pieces =
                Combinators.combine(texts, Arbitraries.integers().between(1, 50))
                        .as(FrameReaderTest::inPieces);
        return Arbitraries.oneOf(text, binary, control, pieces)
                .list()
                .ofMaxSize(6)
                .map(FrameReaderTest::joined);
    }

    private static byte[] inPieces(String text, int size) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        do {
            int end = Math.min(bytes.length, at + size);
            int first = (at == 0 ? RawWebSocket.TEXT : 0) | (end == bytes.length ? 0x80 : 0);
            frames.add(RawWebSocket.frame(first, Arrays.copyOfRange(bytes, at, end)));
            at = end;
        } while (at < bytes.length);
        return joined(frames);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    @Property(tries = 300)
    void anySplitOfTheBytesGivesTheSameMessages(
            @ForAll("frames") byte[] bytes, @ForAll @Size(max = 20) List<Integer> cuts) {
        assertThat(read(bytes, cuts)).isEqualTo(read(bytes, List.of()));
    }

    @Property(tries = 300)
    void anySplitOfAnyBytesGivesTheSameOutcome(
            @ForAll byte[] bytes, @ForAll @Size(max = 20) List<Integer> cuts) {
        assertThat(read(bytes, cuts)).isEqualTo(read(bytes, List.of()));
    }

    @Property(tries = 300)
    void whatIsHeldBackComesLaterInOrder(@ForAll("frames") byte[] bytes) {
        FakeSink sink = new FakeSink(LIMITS.maxMessage());
        FrameReader reader = new FrameReader(UnpooledByteBufAllocator.DEFAULT, LIMITS, sink);
        sink.reading = false;
        int half = bytes.length / 2;
        reader.feed(Unpooled.copiedBuffer(bytes, 0, half));
        reader.feed(Unpooled.copiedBuffer(bytes, half, bytes.length - half));
        assertThat(sink.heard).isEmpty();
        sink.reading = true;
        reader.resume();
        assertThat(sink.heard).isEqualTo(read(bytes, List.of()));
        reader.release();
    }

    @Property(tries = 500)
    void textIsUtf8AsTheJdkSeesIt(@ForAll @Size(max = 12) List<Byte> bytes, @ForAll int cut) {
        byte[] all = new byte[bytes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes.get(i);
        }
        int at = all.length == 0 ? 0 : Math.floorMod(cut, all.length);
        int open = Utf8.next(Utf8.START, Unpooled.wrappedBuffer(all, 0, at));
        if (open != Utf8.BAD) {
            open = Utf8.next(open, Unpooled.wrappedBuffer(all, at, all.length - at));
        }
        assertThat(open == Utf8.START).isEqualTo(valid(all));
    }

    @Property(tries = 500)
    void textMadeOfAnyCharactersPassesUnlessASurrogateIsAlone(@ForAll String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.valid(Unpooled.wrappedBuffer(utf8))).isTrue();
    }

    private static boolean valid(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /// Everything a reader tells of these bytes, cut at these places.
    private static List<String> read(byte[] bytes, List<Integer> cuts) {
        FakeSink sink = new FakeSink(LIMITS.maxMessage());
        FrameReader reader = new FrameReader(UnpooledByteBufAllocator.DEFAULT, LIMITS, sink);
        int[] places =
                cuts.stream()
                        .mapToInt(cut -> Math.floorMod(cut, bytes.length + 1))
                        .sorted()
                        .toArray();
        List<ByteBuf> fed = new ArrayList<>();
        int at = 0;
        for (int i = 0; i <= places.length; i++) {
            int end = i == places.length ? bytes.length : places[i];
            ByteBuf piece = Unpooled.copiedBuffer(bytes, at, end - at);
            fed.add(piece);
            reader.feed(piece);
            at = end;
        }
        reader.release();
        assertThat(fed).allMatch(piece -> piece.refCnt() == 0 || piece.capacity() == 0);
        return sink.heard;
    }

    /// For the fuzz test: reads the bytes whole, in halves and one by one, and compares.
    static void check(byte[] bytes) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < Math.min(bytes.length, 64); i++) {
            all.add(i);
        }
        List<String> whole = read(bytes, List.of());
        assertThat(read(bytes, List.of(bytes.length / 2))).isEqualTo(whole);
        assertThat(read(bytes, all)).isEqualTo(whole);
    }
}
