package io.sluice.edge.filter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.id.IdSource;
import io.sluice.core.id.TraceContext;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Pair;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import io.sluice.net.loop.PerLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFilterTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    private final ExchangeFixture fixture = new ExchangeFixture();
    private final TraceFilter filter =
            new TraceFilter(
                    new PerLoop<>(1, () -> new IdSource(fixture.ticker, 1)), TraceContext.SAMPLED);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aRequestWithoutIdsGetsThemOnBothWays() {
        Pair pair = fixture.get("/a").open();
        filter.apply(pair.exchange());
        pair.exchange().answer(Response.empty(204));

        String id = pair.exchange().requestId();
        assertThat(id).matches("[0-9]{13}-[0-9a-f]{8}");
        assertThat(pair.sent().get(HeaderName.X_REQUEST_ID)).isEqualTo(id);
        assertThat(pair.reply().header("X-Request-ID")).isEqualTo(id);
        assertThat(pair.sent().get(HeaderName.TRACEPARENT))
                .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01")
                .contains(pair.exchange().trace().traceId());
    }

    @Test
    void idsOfTheClientAreContinued() {
        Pair pair =
                fixture.get("/a")
                        .header("X-Request-ID", "mine-1")
                        .header("traceparent", PARENT)
                        .header("tracestate", "a=1")
                        .header("tracestate", "b=2")
                        .open();
        filter.apply(pair.exchange());

        assertThat(pair.exchange().requestId()).isEqualTo("mine-1");
        assertThat(pair.exchange().trace().traceId()).isEqualTo(TRACE);
        assertThat(pair.sent().get(HeaderName.TRACEPARENT))
                .startsWith("00-" + TRACE + "-")
                .doesNotContain("00f067aa0ba902b7")
                .endsWith("-01");
        assertThat(pair.sent().all(HeaderName.TRACESTATE)).containsExactly("a=1,b=2");
        assertThat(pair.sent().count(HeaderName.TRACEPARENT)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "<x>", ""})
    void idsThatCouldDoHarmAreReplaced(String id) {
        Pair pair = fixture.get("/a").header("X-Request-ID", id).open();
        filter.apply(pair.exchange());
        assertThat(pair.sent().all(HeaderName.X_REQUEST_ID))
                .containsExactly(pair.exchange().requestId())
                .doesNotContain(id);
    }

    @Test
    void twoIdsAreNone() {
        Pair pair =
                fixture.get("/a")
                        .header("X-Request-ID", "one")
                        .header("X-Request-ID", "two")
                        .header("traceparent", PARENT)
                        .header("traceparent", PARENT)
                        .open();
        filter.apply(pair.exchange());
        assertThat(pair.exchange().requestId()).isNotIn("one", "two");
        assertThat(pair.exchange().trace().traceId()).isNotEqualTo(TRACE);
    }

    @Test
    void theStateOfABrokenTraceIsDropped() {
        Pair pair =
                fixture.get("/a")
                        .header("traceparent", "ff" + PARENT)
                        .header("tracestate", "a=1")
                        .open();
        filter.apply(pair.exchange());
        assertThat(pair.sent().contains(HeaderName.TRACESTATE)).isFalse();
        assertThat(pair.exchange().trace().traceId()).isNotEqualTo(TRACE).hasSize(32);
    }
}
