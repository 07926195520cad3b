package io.sluice.proxy.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.config.Complaint;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.config.Loaded;
import io.sluice.net.dial.Origin;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegistryConfigTest {

    private static Loaded<RegistryConfig> load(String yaml) {
        return ConfigLoader.of("registry", RegistryConfig.class).load(ConfigInput.text(yaml));
    }

    private static RegistryConfig value(String yaml) {
        Loaded<RegistryConfig> loaded = load(yaml);
        assertThat(loaded.complaints()).isEmpty();
        return Objects.requireNonNull(loaded.value());
    }

    @Test
    void readsTheShapeOfExistingFiles() {
        ServiceSpec service =
                value(
                                """
                                registry:
                                  type: static
                                  static:
                                    services:
                                      - name: users
                                        type: http
                                        instances:
                                          - id: users-1
                                            address: 127.0.0.1
                                            port: 3000
                                            weight: 3
                                            health: healthy
                                            tags: [a, b]
                                            metadata: {zone: eu}
                                          - address: users.internal
                                            scheme: https
                                            health: unhealthy
                                """)
                        .staticServices()
                        .services()
                        .getFirst()
                        .spec();
        InstanceSpec first = service.instances().get(0);
        assertThat(first.id()).isEqualTo("users-1");
        assertThat(first.weight()).isEqualTo(3);
        assertThat(first.tags()).containsExactly("a", "b");
        assertThat(first.metadata()).containsEntry("zone", "eu");
        InstanceSpec second = service.instances().get(1);
        assertThat(second.id()).isEqualTo("users.internal:8080");
        assertThat(second.mark()).isEqualTo(InstanceSpec.Mark.UNHEALTHY);
        assertThat(second.endpoint().security()).isEqualTo(Endpoint.Security.TLS);
        assertThat(second.endpoint().speaks()).isEqualTo(Origin.Speaks.NEGOTIATED);
    }

    @Test
    void theSchemeOfAnInstanceGoesOverTheTypeOfItsService() {
        ServiceSpec service =
                value(
                                """
                                registry:
                                  static:
                                    services:
                                      - name: s
                                        type: https
                                        instances:
                                          - {address: a, scheme: http}
                                          - {address: b}
                                          - {address: c, scheme: http, protocol: https}
                                """)
                        .staticServices()
                        .services()
                        .getFirst()
                        .spec();
        assertThat(service.instances())
                .extracting(instance -> instance.endpoint().security())
                .containsExactly(
                        Endpoint.Security.CLEAR, Endpoint.Security.TLS, Endpoint.Security.TLS);
    }

    @Test
    void healthOmittedMeansHealthyAndPassiveWatchingIsOn() {
        ServiceSpec service =
                value(
                                """
                                registry:
                                  static:
                                    services:
                                      - name: s
                                        instances: [{address: a}]
                                """)
                        .staticServices()
                        .services()
                        .getFirst()
                        .spec();
        assertThat(service.instances().getFirst().mark()).isEqualTo(InstanceSpec.Mark.HEALTHY);
        assertThat(service.instances().getFirst().weight()).isEqualTo(1);
        assertThat(service.health()).isEqualTo(ServiceHealthConfig.DEFAULT);
    }

    @Test
    void readsHealthSettingsOfAService() {
        ServiceHealthConfig health =
                value(
                                """
                                registry:
                                  static:
                                    services:
                                      - name: s
                                        healthCheck:
                                          path: /ping
                                          interval: 10s
                                          timeout: 500ms
                                          unhealthyThreshold: 1
                                          expectedStatus: [204]
                                        outlierDetection: {consecutiveErrors: 2}
                                        slowStart: 20
                                        instances: [{address: a}]
                                """)
                        .staticServices()
                        .services()
                        .getFirst()
                        .spec()
                        .health();
        HealthCheckConfig check = Objects.requireNonNull(health.healthCheck());
        assertThat(check.path()).isEqualTo("/ping");
        assertThat(check.pace().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(check.pace().timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(check.pace().healthyThreshold()).isEqualTo(2);
        assertThat(check.well(204)).isTrue();
        assertThat(check.well(200)).isFalse();
        assertThat(health.outlierDetection().consecutiveErrors()).isEqualTo(2);
        assertThat(health.slowStart()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void reportsEveryMistakeAtOnce() {
        Loaded<RegistryConfig> loaded =
                load(
                        """
                        registry:
                          static:
                            services:
                              - name: s
                                instances:
                                  - {address: "http://a", port: 70000, weight: -1}
                                  - {id: x, address: a}
                                  - {id: x, address: b}
                              - name: s
                        """);
        assertThat(loaded.complaints())
                .extracting(Complaint::path)
                .anyMatch(path -> path.endsWith("address"))
                .anyMatch(path -> path.endsWith("port"))
                .anyMatch(path -> path.endsWith("weight"))
                .anyMatch(path -> path.contains("instances"))
                .anyMatch(path -> path.contains("services[1]"));
    }

    @Test
    void dockerIsNamedAsNotSupportedWithItsLine() {
        Loaded<RegistryConfig> loaded =
                load(
                        """
                        registry:
                          type: docker-compose
                          docker: {labelPrefix: gateway}
                        """);
        assertThat(loaded.hasErrors()).isFalse();
        assertThat(loaded.complaints()).hasSize(1);
        assertThat(loaded.complaints().getFirst().line()).isEqualTo(3);
        assertThat(Objects.requireNonNull(loaded.value()).type())
                .isEqualTo(RegistryConfig.Type.DOCKER_COMPOSE);
    }
}
