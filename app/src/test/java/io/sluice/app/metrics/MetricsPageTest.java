package io.sluice.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.app.Page;
import io.sluice.core.time.Ticker;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ProcessStats process = new ProcessStats(Ticker.system());
    private final MetricsPage page =
            new MetricsPage(registry, new MetricsJson(() -> 3, () -> 2, process, Ticker.system()));

    private final Loops loops = new Loops(Transport.NIO, 2, Ticker.system());

    @AfterEach
    void close() {
        loops.close();
    }

    @BeforeEach
    void fill() {
        ProcessGauges.register(registry, process, loops, () -> 3);
        Counter.builder()
                .name("requests_total")
                .help("Requests.")
                .labelNames("route")
                .register(registry)
                .labelValues("a \"quoted\" route")
                .inc(5);
        Histogram.builder()
                .name("duration_seconds")
                .help("Time.")
                .classicOnly()
                .classicUpperBounds(0.1, 1)
                .register(registry)
                .observe(0.5);
    }

    @Test
    void answersPrometheusTextToScrapers() {
        Page text = Page.get(page, "/metrics", Map.of("Accept", "text/plain;version=0.0.4,*/*"));

        assertThat(text.status()).isEqualTo(200);
        assertThat(text.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(text.text())
                .contains("requests_total{route=\"a \\\"quoted\\\" route\"} 5.0")
                .contains("duration_seconds_bucket{le=\"1.0\"} 1")
                .contains("gateway_loops 2.0")
                .contains("gateway_loops_behind 0.0")
                .contains("gateway_connections_open 3.0")
                .contains("gateway_info{transport=\"nio\",version=\"")
                .contains("process_resident_memory_bytes ")
                .contains("process_cpu_seconds_total ")
                .contains("jvm_memory_direct_used_bytes ")
                .contains("process_open_fds ");
    }

    @Test
    void answersJsonWhenAsked() {
        Page json = Page.get(page, "/metrics", Map.of("Accept", "application/json"));

        assertThat(json.header("Content-Type")).startsWith("application/json");
        assertThat(json.json())
                .containsEntry("totalConnections", 3)
                .containsEntry("totalUsers", 2)
                .containsKeys("uptime", "timestamp", "memory", "metrics");
        assertThat(json.text())
                .contains("\"labels\":{\"route\":\"a \\\"quoted\\\" route\"},\"value\":5.0")
                .contains("\"count\":1,\"sum\":0.5,\"buckets\":{\"0.1\":0,\"1.0\":1,\"+Inf\":1}");
    }

    @Test
    void theProcessIsMeasuredNotGuessed() {
        assertThat(process.residentBytes()).isGreaterThan(10_000_000);
        assertThat(process.openDescriptors()).isGreaterThan(3);
        assertThat(process.cpuSeconds()).isPositive();
        assertThat(process.uptimeSeconds()).isPositive();
        assertThat(BuildInfo.version()).matches("\\d+\\.\\d+.*");
    }
}
