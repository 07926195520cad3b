package io.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.fail.FailureKind;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.dial.Origin;
import io.sluice.net.http.Method;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackendMetricsTest {
    private static final Origin ORIGIN =
            new Origin("127.0.0.1", 1, null, null, Origin.Speaks.HTTP_1, Duration.ofSeconds(1));

    private final Metrics metrics = Metrics.unread();
    private final Instance instance = new Instance("s", "i", ORIGIN, 1);
    private final InstanceMeter meter = new BackendMetrics(metrics).of(instance);

    @Test
    void answersCountByMethodAndStatus() {
        meter.answered(Method.GET, 200, 1_000);
        meter.answered(Method.GET, 200, 1_000);
        meter.answered(Method.POST, 503, 1_000);
        meter.answered(Method.GET, 404, 1_000);

        assertThat(requests("GET", "200")).isEqualTo(2);
        assertThat(requests("POST", "503")).isEqualTo(1);
        assertThat(requests("GET", "404")).isEqualTo(1);
    }

    @Test
    void methodsFromOutsideMakeOneSeries() {
        for (int i = 0; i < 1000; i++) {
            meter.answered(Method.of("M" + i), 200, 1_000);
        }

        assertThat(requests("other", "200")).isEqualTo(1000);
    }

    @Test
    void failuresCountByKindAndConnectionsAreOpenUntilClosed() {
        meter.failed(FailureKind.CONNECT_FAILED);
        meter.opened();
        meter.opened();
        meter.closed();

        assertThat(
                        metrics.counters("gateway_backend_errors_total", "")
                                .of("s", "i", "connect_failed")
                                .value())
                .isEqualTo(1);
        assertThat(metrics.gauges("gateway_backend_connections", "").of("s", "i").value())
                .isEqualTo(1);
    }

    private long requests(String method, String status) {
        return metrics.counters("gateway_backend_requests_total", "")
                .of("s", "i", method, status)
                .value();
    }
}
