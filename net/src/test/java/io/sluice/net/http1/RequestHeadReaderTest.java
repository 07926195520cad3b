package io.sluice.net.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.net.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Rules of reading that hold for every input.
final class RequestHeadReaderTest {
    private static final String SCHEME = "http";

    @Property(tries = 300)
    void readsTheSameHeadHoweverItsBytesAreCut(
            @ForAll("heads") String head, @ForAll List<@IntRange(min = 1, max = 40) Integer> cuts) {
        assertThat(readInPieces(head, cuts)).isEqualTo(readInPieces(head, List.of()));
    }

    @Property(tries = 300)
    void passesEveryFieldOnUnchanged(@ForAll("heads") String head) {
        Input input = new Input();
        input.append(bytes(head), UnpooledByteBufAllocator.DEFAULT);
        RequestHeadReader reader = new RequestHeadReader(HeadLimits.DEFAULT, SCHEME);
        assertThat(reader.read(input)).isEqualTo(RequestHeadReader.Outcome.COMPLETE);
        ByteBuf lines = Unpooled.buffer();
        Headers headers = reader.head().headers();
        headers.writeLines(lines);
        String fields =
                head.substring(head.indexOf("Host: a.test\r\n") + "Host: a.test\r\n".length());
        assertThat(lines.toString(StandardCharsets.ISO_8859_1) + "\r\n").isEqualTo(fields);
        input.release();
    }

    @Property(tries = 500)
    void neverThrowsAndNeverReadsPastTheHead(@ForAll byte[] noise, @ForAll("heads") String head) {
        RequestHeadReader reader = new RequestHeadReader(HeadLimits.DEFAULT, SCHEME);
        Input input = new Input();
        input.append(
                Unpooled.copiedBuffer(head.getBytes(StandardCharsets.ISO_8859_1), noise),
                UnpooledByteBufAllocator.DEFAULT);
        assertThat(reader.read(input)).isEqualTo(RequestHeadReader.Outcome.COMPLETE);
        assertThat(input.available()).isEqualTo(noise.length);
        reader.read(input);
        input.release();
    }

    @Test
    void everyRequestOfAConnectionHasItsHostChecked() {
        RequestHeadReader reader = new RequestHeadReader(HeadLimits.DEFAULT, SCHEME);
        assertThat(host(reader, "a.test")).isEqualTo("a.test");
        assertThat(host(reader, "a.test")).isEqualTo("a.test");
        assertThat(host(reader, "b.test")).isEqualTo("b.test");
        assertThat(host(reader, "B.test")).isEqualTo("B.test");
        assertThat(host(reader, "b/test")).isEqualTo("REFUSED");
        assertThat(host(reader, "b/test")).isEqualTo("REFUSED");
        assertThat(host(reader, "")).isEqualTo("REFUSED");
    }

    private static String host(RequestHeadReader reader, String host) {
        Input input = new Input();
        input.append(
                bytes("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"),
                UnpooledByteBufAllocator.DEFAULT);
        RequestHeadReader.Outcome outcome = reader.read(input);
        input.release();
        return outcome == RequestHeadReader.Outcome.COMPLETE
                ? reader.head().authority()
                : outcome.toString();
    }

    private static String readInPieces(String head, List<Integer> cuts) {
        RequestHeadReader reader = new RequestHeadReader(HeadLimits.DEFAULT, SCHEME);
        Input input = new Input();
        int at = 0;
        RequestHeadReader.Outcome outcome = RequestHeadReader.Outcome.INCOMPLETE;
        for (int i = 0;
                outcome == RequestHeadReader.Outcome.INCOMPLETE && at < head.length();
                i++) {
            int size =
                    i < cuts.size()
                            ? Math.min(cuts.get(i), head.length() - at)
                            : head.length() - at;
            input.append(bytes(head.substring(at, at + size)), UnpooledByteBufAllocator.DEFAULT);
            at += size;
            outcome = reader.read(input);
        }
        String result =
                outcome == RequestHeadReader.Outcome.COMPLETE
                        ? reader.head().toString()
                        : outcome.toString();
        input.release();
        return result;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    @Provide
    Arbitrary<String> heads() {
        Arbitrary<String> names =
                Arbitraries.strings()
                        .withCharRange('a', 'z')
                        .ofMinLength(1)
                        .ofMaxLength(12)
                        .map(name -> "X-" + name);
        Arbitrary<String> values =
                Arbitraries.strings()
                        .withCharRange('!', '~')
                        .withChars("\u00e9")
                        .ofMinLength(1)
                        .ofMaxLength(40);
        Arbitrary<String> fields =
                Combinators.combine(names, values)
                        .as((name, value) -> name + ": " + value + "\r\n");
        return fields.list()
                .ofMaxSize(20)
                .map(lines ->
                        "GET /some/path?query=1 HTTP/1.1\r\nHost: a.test\r\n"
                                + String.join("", lines)
                                + "\r\n");
    }
}
