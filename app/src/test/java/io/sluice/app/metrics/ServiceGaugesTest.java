package io.sluice.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.core.time.ManualTicker;
import io.sluice.net.dial.Origin;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.Registry;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import io.sluice.proxy.upstream.discovery.ServiceSpec;
import io.sluice.proxy.upstream.health.BreakerConfig;
import io.sluice.proxy.upstream.health.Breakers;
import io.sluice.proxy.upstream.health.CircuitBreakerConfig;
import io.sluice.proxy.upstream.health.HealthMonitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceGaugesTest {

    @Test
    void tellsInstancesChecksAndBreakers() throws IOException {
        ManualTicker ticker = new ManualTicker();
        Breakers breakers = new Breakers(ticker);
        CircuitBreakerConfig on =
                new CircuitBreakerConfig(true, BreakerConfig.DEFAULT, Map.of(), Map.of());
        assertThat(breakers.of(on, "route", "users")).isNotNull();
        breakers.commit();
        PrometheusRegistry metrics = new PrometheusRegistry();
        try (HealthMonitor health =
                new HealthMonitor(ticker, (instance, config, result) -> result.done(null))) {
            new Registry(health)
                    .prepare(
                            List.of(
                                    new ServiceSpec(
                                            "users",
                                            List.of(
                                                    spec("a", InstanceSpec.Mark.HEALTHY),
                                                    spec("b", InstanceSpec.Mark.UNHEALTHY)),
                                            ServiceHealthConfig.DEFAULT)),
                            endpoint ->
                                    new Origin(
                                            "h",
                                            1,
                                            null,
                                            null,
                                            endpoint.speaks(),
                                            Duration.ofSeconds(1)))
                    .commit();
            ServiceGauges.register(metrics, health, breakers);
            assertThat(scrape(metrics))
                    .contains(
                            "gateway_service_instances{health=\"healthy\",service=\"users\"} 1.0",
                            "gateway_service_instances{health=\"disabled\",service=\"users\"} 1.0",
                            "gateway_service_instances{health=\"ejected\",service=\"users\"} 0.0",
                            "gateway_health_check_status{instance=\"b\",service=\"users\"} 0.0",
                            "gateway_backend_requests_active{instance=\"a\",service=\"users\"} 0.0",
                            "gateway_circuit_breaker_state{breaker=\"service:users\"} 0.0");
        }
    }

    private static InstanceSpec spec(String id, InstanceSpec.Mark mark) {
        return new InstanceSpec(id, Endpoint.of("h", 1), 1, mark, List.of(), Map.of());
    }

    private static String scrape(PrometheusRegistry metrics) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(out, metrics.scrape());
        return out.toString(StandardCharsets.UTF_8);
    }
}
