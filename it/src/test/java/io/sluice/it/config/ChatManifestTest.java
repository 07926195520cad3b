package io.sluice.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.app.wiring.GatewayConfig;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The manifests of chat say of ports, variables and pages what its preset says.
class ChatManifestTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PRESET = ROOT.resolve("presets/chat.yaml");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)");

    /// Parts of the manifest by kind.
    private final Map<String, Object> parts = new HashMap<>();

    @BeforeEach
    void read() throws IOException {
        String text = Files.readString(ROOT.resolve("deploy/k8s/chat.yaml"));
        for (Object part : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            parts.put(text(part, "kind"), part);
        }
    }

    /// What stands at a path: names of fields, numbers of items.
    private static Object at(Object tree, String path) {
        Object place = tree;
        for (String step : path.split("/", -1)) {
            Object next =
                    place instanceof List<?> items
                            ? items.get(Integer.parseInt(step))
                            : ((Map<?, ?>) place).get(step);
            place = Objects.requireNonNull(next, () -> "nothing at " + step + " of " + path);
        }
        return place;
    }

    private static String text(Object tree, String path) {
        return at(tree, path).toString();
    }

    private Object part(String kind) {
        return Objects.requireNonNull(parts.get(kind), kind);
    }

    private Object container() {
        return at(part("Deployment"), "spec/template/spec/containers/0");
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (Object variable : (List<?>) at(container(), "env")) {
            Object value = ((Map<?, ?>) variable).get("value");
            environment.put(text(variable, "name"), value == null ? "" : value.toString());
        }
        return environment;
    }

    @Test
    void everyVariableIsOneThePresetReads() throws IOException {
        Set<String> read =
                VARIABLE.matcher(Files.readString(PRESET))
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toSet());
        read.add("SLUICE_JAVA_OPTS");
        assertThat(environment().keySet())
                .isSubsetOf(read)
                .contains("PORT", "JWT_DEV", "KAFKA_BROKER_URL", "KAFKA_CLIENT_ID", "REDIS_URL");
        assertThat(Files.readString(ROOT.resolve("sluice"))).contains("SLUICE_JAVA_OPTS");
    }

    @Test
    void thePresetStartsWithTheseVariables() {
        Map<String, String> environment = environment();
        environment.put("JWT_DEV", "a secret of the cluster, thirty-two bytes");
        environment.put("REDIS_URL", "redis://redis:6379");
        environment.put("REDIS_ROOM_URL", "redis://rooms:6379");
        environment.put("KAFKA_BROKER_URL", "kafka-0:9092,kafka-1:9092");
        var loaded =
                ConfigLoading.read(
                        new ConfigInput(
                                List.of(ConfigSource.file(PRESET)), List.of(), environment));
        assertThat(loaded.complaints()).isEmpty();
        GatewayConfig config = Objects.requireNonNull(loaded.value());
        assertThat(config.frontend().http().listener().port()).isEqualTo(port());
        assertThat(config.messages().bus().kafka().brokers())
                .containsExactly("kafka-0:9092", "kafka-1:9092");
        assertThat(config.messages().bus().kafka().clientId())
                .isEqualTo(environment.get("KAFKA_CLIENT_ID"));
        assertThat(config.messages().bus().redis().roomAddress()).hasHost("rooms");
        assertThat(config.messages().realtime().faces().chat().secret())
                .isEqualTo(environment.get("JWT_DEV"));
    }

    private int port() {
        return (int) at(container(), "ports/0/containerPort");
    }

    @Test
    void everythingLeadsToThePortThatIsListenedOn() {
        String name = text(container(), "ports/0/name");
        assertThat(environment()).containsEntry("PORT", Integer.toString(port()));
        assertThat(text(part("Service"), "spec/ports/0/targetPort")).isEqualTo(name);
        assertThat(text(part("Deployment"), "spec/template/metadata/annotations"))
                .contains("prometheus.io/port=" + port(), "prometheus.io/path=/metrics");
        String backend = "spec/rules/0/http/paths/0/backend/service/";
        assertThat(text(part("Ingress"), backend + "port/name"))
                .isEqualTo(text(part("Service"), "spec/ports/0/name"));
        assertThat(text(part("Ingress"), backend + "name"))
                .isEqualTo(text(part("Service"), "metadata/name"));
        assertThat(text(part("Ingress"), "spec/rules/0/http/paths/0/path"))
                .isEqualTo("/api/realtime");
        assertThat(at(part("Service"), "spec/selector"))
                .isEqualTo(at(part("Deployment"), "spec/template/metadata/labels"))
                .isEqualTo(at(part("PodDisruptionBudget"), "spec/selector/matchLabels"));
    }

    @Test
    void probesAskPagesThePresetServes() throws IOException {
        for (String probe : List.of("readinessProbe", "livenessProbe", "startupProbe")) {
            assertThat(text(container(), probe + "/httpGet/port"))
                    .isEqualTo(text(container(), "ports/0/name"));
        }
        assertThat(text(container(), "readinessProbe/httpGet/path")).isEqualTo("/ready");
        assertThat(text(container(), "livenessProbe/httpGet/path")).isEqualTo("/live");
        assertThat(text(container(), "startupProbe/httpGet/path")).isEqualTo("/live");
        assertThat(Files.readString(PRESET)).contains("health:\n    enabled: true");
    }

    @Test
    void whatItRefersToIsNamedInItsGuide() throws IOException {
        String guide = Files.readString(ROOT.resolve("deploy/k8s/README.md"));
        for (Object variable : (List<?>) at(container(), "env")) {
            if (((Map<?, ?>) variable).get("valueFrom") instanceof Map<?, ?> from) {
                Object source = from.values().iterator().next();
                assertThat(guide)
                        .contains(text(source, "name"))
                        .containsPattern(
                                ((Map<?, ?>) source).get("optional") == null
                                        ? text(source, "key")
                                        : "");
            }
        }
        assertThat(guide)
                .contains(
                        text(part("Deployment"), "spec/template/spec/volumes/0/configMap/name")
                                + " --from-file=sluice.yaml=presets/chat.yaml");
        assertThat(text(container(), "volumeMounts/0/mountPath")).isEqualTo("/etc/sluice");
        assertThat(Files.readString(ROOT.resolve("deploy/docker/Dockerfile")))
                .contains("WORKDIR /etc/sluice");
    }
}
