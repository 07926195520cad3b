package io.sluice.bus.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigLoader;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NodeBusTest {

    @Test
    void withoutConfigurationABusIsUpAtOnceAndNamesItself() {
        try (Bus first = openDefault();
                Bus second = openDefault()) {
            assertThat(first.health().isUp()).isTrue();
            assertThat(first.node()).isNotEmpty().isNotEqualTo(second.node());
        }
    }

    @Test
    void theConfiguredNameIsTheNodes() {
        try (Bus bus = open("{node: gateway-1}")) {
            assertThat(bus.node()).isEqualTo("gateway-1");
        }
    }

    @Test
    void clientLibrariesAreNotTouchedUnlessConfigured() throws Exception {
        URL[] without =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .filter(entry -> !entry.matches(".*(lettuce|kafka|reactor|reactive).*jar"))
                        .map(NodeBusTest::url)
                        .toArray(URL[]::new);
        assertThat(Arrays.toString(without)).doesNotContain("lettuce-core", "kafka-clients");

        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (URLClassLoader bare = new URLClassLoader(without, platform)) {
            Runnable opens =
                    (Runnable)
                            bare.loadClass(OpensLocally.class.getName())
                                    .getConstructor()
                                    .newInstance();
            assertThatCode(opens::run).doesNotThrowAnyException();
        }
    }

    /// Opens and uses a bus without any configuration, wherever it is loaded.
    public static final class OpensLocally implements Runnable {
        @Override
        public void run() {
            try (Bus bus = openDefault()) {
                bus.topics().publish("any", new byte[1]);
                bus.members().add("any", "member");
                bus.log().append("any", "", new byte[1]);
            }
        }
    }

    private static Bus openDefault() {
        return open("{}");
    }

    private static Bus open(String yaml) {
        BusConfig config =
                ConfigLoader.of("bus", BusConfig.class)
                        .load(ConfigInput.text("bus: " + yaml))
                        .value();
        return NodeBus.open(Objects.requireNonNull(config), Ticker.system(), Metrics.unread());
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }
}
