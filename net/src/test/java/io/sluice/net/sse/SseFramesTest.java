package io.sluice.net.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseFramesTest {
    private static String event(
            SseFraming framing,
            @org.jspecify.annotations.Nullable String id,
            @org.jspecify.annotations.Nullable String name,
            String data) {
        return text(
                SseFrames.event(
                        UnpooledByteBufAllocator.DEFAULT,
                        framing,
                        id,
                        name,
                        data.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(ByteBuf buffer) {
        try {
            return buffer.toString(StandardCharsets.UTF_8);
        } finally {
            buffer.release();
        }
    }

    @Test
    void anEventHasItsFieldsAndAnEmptyLine() {
        assertThat(event(SseFraming.PLAIN, "7", "tick", "{}"))
                .isEqualTo("id: 7\nevent: tick\ndata: {}\n\n");
        assertThat(event(SseFraming.PLAIN, null, null, "")).isEqualTo("data: \n\n");
    }

    @Test
    void theChunkCountsTheBytesOfTheEvent() {
        assertThat(event(SseFraming.CHUNKED, null, null, "äö")).isEqualTo("c\r\ndata: äö\n\n\r\n");
        String large = "x".repeat(70_000);
        assertThat(event(SseFraming.CHUNKED, null, null, large))
                .isEqualTo("11178\r\ndata: " + large + "\n\n\r\n");
        assertThat(
                        text(
                                SseFrames.retry(
                                        UnpooledByteBufAllocator.DEFAULT,
                                        SseFraming.CHUNKED,
                                        Duration.ofSeconds(3))))
                .isEqualTo("d\r\nretry: 3000\n\n\r\n");
        assertThat(SseFrames.comment(SseFraming.CHUNKED).toString(StandardCharsets.US_ASCII))
                .isEqualTo("3\r\n:\n\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({"a~nb", "a~rb", "a~r~nb"})
    void dataIsSplitAtEachKindOfLineBreak(String data) {
        String real = data.replace("~n", "\n").replace("~r", "\r");
        assertThat(event(SseFraming.PLAIN, null, null, real)).isEqualTo("data: a\ndata: b\n\n");
    }

    @Test
    void aBreakAtTheEndGivesAnEmptyLineOfData() {
        assertThat(event(SseFraming.PLAIN, null, null, "a\n")).isEqualTo("data: a\ndata: \n\n");
    }

    @ParameterizedTest
    @CsvSource({"1~n2", "1~r2", "1~02"})
    void fieldsOfOneLineMayNotHoldBreaks(String value) {
        String real = value.replace("~n", "\n").replace("~r", "\r").replace("~0", "\0");
        assertThatThrownBy(() -> event(SseFraming.PLAIN, real, null, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> event(SseFraming.PLAIN, null, real, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
