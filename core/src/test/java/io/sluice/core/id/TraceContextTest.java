package io.sluice.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.time.ManualTicker;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + SPAN + "-01";

    @Test
    void aCallersContextIsRead() {
        assertThat(TraceContext.parse(VALID, "a=1"))
                .isEqualTo(TraceContext.of(TRACE, SPAN, TraceContext.SAMPLED, "a=1"));
    }

    @Test
    void flagsWeDoNotKnowAreNotPassedOn() {
        TraceContext context = parsed("00-" + TRACE + "-" + SPAN + "-fe");
        assertThat(context.flags()).isZero();
        assertThat(context.traceparent()).endsWith("-00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-extra", "-what-the-future-brings"})
    void laterVersionsAreReadAsFarAsTheyAgree(String rest) {
        assertThat(parsed("cc-" + TRACE + "-" + SPAN + "-01" + rest).traceparent())
                .isEqualTo(VALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-extra",
                "00-" + TRACE + "-" + SPAN + "-01 ",
                "cc-" + TRACE + "-" + SPAN + "-01.extra",
                "00-" + TRACE + "-" + SPAN + "-0",
                "00-" + TRACE + "-" + SPAN + "-0g",
                "0-" + TRACE + "-" + SPAN + "-01x",
                "0x-" + TRACE + "-" + SPAN + "-01",
                "00_" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "_" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "_01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-00f067aa0ba902g7-01"
            })
    void whatIsNotValidIsNotFollowed(String traceparent) {
        assertThat(TraceContext.parse(traceparent, "")).isNull();
    }

    @Test
    void longStatesLoseWholeMembersFromTheEnd() {
        String member = "k=" + "v".repeat(100);
        String state = String.join(",", member, member, member, member, member, member);
        String kept = Objects.requireNonNull(TraceContext.parse(VALID, state)).state();

        assertThat(kept).isEqualTo(String.join(",", member, member, member, member));
        assertThat(Objects.requireNonNull(TraceContext.parse(VALID, "x".repeat(600))).state())
                .isEmpty();
        assertThat(Objects.requireNonNull(TraceContext.parse(VALID, "x".repeat(512))).state())
                .hasSize(512);
    }

    @Property
    void whatIsWrittenCanBeRead(
            @ForAll long seed, @ForAll @LongRange(min = 0, max = 1) long flags) {
        IdSource ids = new IdSource(new ManualTicker(1_732_000_000_123L), seed);
        TraceContext context = ids.newTrace((int) flags);
        assertThat(context.flags()).isEqualTo((int) flags);
        assertThat(context)
                .isEqualTo(TraceContext.of(context.traceId(), context.parentId(), (int) flags, ""));
        assertThat(TraceContext.parse(context.traceparent(), "")).isEqualTo(context);
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        TraceContext context = TraceContext.parse(text, text);
        if (context != null) {
            assertThat(context.traceparent()).hasSize(55);
        }
    }

    private static TraceContext parsed(String traceparent) {
        return Objects.requireNonNull(TraceContext.parse(traceparent, ""));
    }
}
