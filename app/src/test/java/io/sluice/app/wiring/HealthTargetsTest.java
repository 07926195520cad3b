package io.sluice.app.wiring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.health.HealthCheck;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.Loaded;
import org.junit.jupiter.api.Test;

class HealthTargetsTest {

    private static String target(String instance) {
        Loaded<GatewayConfig> loaded =
                ConfigLoading.read(
                        ConfigInput.text(
                                """
                                gateway:
                                  registry: {static: {services: [{name: s, instances: [%s]}]}}
                                  health: {enabled: true, checks: {s: {type: http}}}
                                """
                                        .formatted(instance)));
        HealthCheck check = HealthTargets.of(requireNonNull(loaded.value())).get("s");
        return requireNonNull(check).instances().getFirst();
    }

    @Test
    void instancesAreAskedWhereTheyCanBeAndElseConnectedTo() {
        assertThat(target("{address: a.test, port: 80}")).isEqualTo("http://a.test:80");
        assertThat(target("{address: '::1', port: 80}")).isEqualTo("http://[::1]:80");
        assertThat(target("{address: a.test, port: 80, scheme: https}")).isEqualTo("a.test:80");
        assertThat(target("{address: my_service, port: 80}")).isEqualTo("my_service:80");
    }
}
