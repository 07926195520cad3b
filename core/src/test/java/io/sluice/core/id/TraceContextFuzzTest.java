package io.sluice.core.id;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/// Any text as `traceparent` and `tracestate`: no context, or one that reads back as itself.
final class TraceContextFuzzTest {

    @FuzzTest
    void readsAnything(FuzzedDataProvider data) {
        String traceparent = data.consumeString(80);
        TraceContext context = TraceContext.parse(traceparent, data.consumeRemainingAsString());
        if (context != null) {
            assertThat(context.state()).hasSizeLessThanOrEqualTo(TraceContext.MAX_STATE);
            assertThat(TraceContext.parse(context.traceparent(), context.state()))
                    .isEqualTo(context);
        }
    }
}
