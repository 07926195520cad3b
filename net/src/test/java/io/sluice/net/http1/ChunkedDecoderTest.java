package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.net.http.TrailerFields;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

final class ChunkedDecoderTest {

    @Property(tries = 300)
    void givesBackTheChunksHoweverTheBytesAreCut(
            @ForAll @Size(max = 10)
                    List<@AlphaChars @StringLength(min = 1, max = 50) String> chunks,
            @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 9) Integer> cuts) {
        StringBuilder coded = new StringBuilder();
        chunks.forEach(chunk ->
                coded.append(Integer.toHexString(chunk.length()))
                        .append("\r\n")
                        .append(chunk)
                        .append("\r\n"));
        coded.append("0\r\n\r\n");
        assertThat(decode(coded.toString(), cuts)).isEqualTo(String.join("", chunks) + " DONE");
    }

    @Example
    void refusesWhatIsNotExactlyTheCoding() {
        for (String bad :
                List.of(
                        "g\r\n",
                        "\r\n",
                        "3\nabc",
                        "3\r\nabcd\r\n",
                        "-3\r\n",
                        "0x3\r\n",
                        "3 \r\nabc\r\n",
                        "3 x\r\nabc\r\n",
                        "1234567890123456\r\n",
                        "3\r\nabc\n0\r\n\r\n",
                        "0\r\nX : y\r\n\r\n",
                        "0\r\nX: y\n\n")) {
            assertThat(decode(bad, List.of())).as(bad).endsWith("MALFORMED");
        }
    }

    private static String decode(String coded, List<Integer> cuts) {
        ChunkedDecoder decoder =
                new ChunkedDecoder(HeadLimits.DEFAULT, TrailerFields.NOT_IN_REQUESTS);
        Input input = new Input();
        StringBuilder data = new StringBuilder();
        int at = 0;
        ChunkedDecoder.State state = ChunkedDecoder.State.SIZE;
        for (int i = 0; at < coded.length(); i++) {
            int size =
                    Math.min(i < cuts.size() ? cuts.get(i) : coded.length(), coded.length() - at);
            String piece = coded.substring(at, at + size);
            input.append(
                    Unpooled.copiedBuffer(piece, StandardCharsets.US_ASCII),
                    UnpooledByteBufAllocator.DEFAULT);
            at += size;
            state = decoder.advance(input);
            while (state == ChunkedDecoder.State.DATA && decoder.takeable(input) > 0) {
                int count = decoder.takeable(input);
                var taken = input.take(count);
                data.append(taken.toString(StandardCharsets.US_ASCII));
                taken.release();
                decoder.taken(count);
                state = decoder.advance(input);
            }
        }
        input.release();
        return data + " " + state;
    }
}
