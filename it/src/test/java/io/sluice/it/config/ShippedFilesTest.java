package io.sluice.it.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.core.config.ConfigInput;
import io.sluice.core.config.ConfigSource;
import io.sluice.it.extension.ExampleExtension;
import io.sluice.testkit.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The configurations a newcomer copies.
class ShippedFilesTest {
    private static final Path ROOT = Path.of("..");

    @TempDir private Path certificates;

    /// The names that `examples/tls/make-certs.sh` gives.
    @BeforeEach
    void certificates() throws IOException {
        TestCertificates authority = TestCertificates.authority("Example authority");
        Files.writeString(certificates.resolve("ca.pem"), authority.authorityPem());
        write("localhost", authority.server("localhost"));
        write("shop", authority.server("shop.example"));
    }

    private void write(String name, TestCertificates.Identity identity) throws IOException {
        Files.writeString(certificates.resolve(name + ".pem"), identity.certificatePem());
        Files.writeString(certificates.resolve(name + "-key.pem"), identity.privateKeyPem());
    }

    @TestFactory
    Stream<DynamicTest> everyShippedConfigurationLoadsWithoutAnyComplaint() throws IOException {
        List<Path> files =
                Stream.of("presets", "examples", "deploy").flatMap(ShippedFilesTest::yaml).toList();
        assertThat(files).hasSizeGreaterThan(5);
        return files.stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                ROOT.relativize(file).toString(), () -> load(file)));
    }

    private void load(Path file) {
        Map<String, String> environment = Map.of("CERTS", certificates.toString());
        ConfigLoading.Outcome outcome =
                ConfigLoading.outcome(
                        ConfigLoading.read(
                                new ConfigInput(
                                        List.of(ConfigSource.file(file)), List.of(), environment)));

        assertThat(outcome.complaints()).isEmpty();
        assertThat(outcome.routes()).isNotEmpty();
    }

    private static Stream<Path> yaml(String folder) {
        try (Stream<Path> all = Files.walk(ROOT.resolve(folder))) {
            return all
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("compose.yaml"))
                    .filter(file -> !file.toString().contains("/k8s/"))
                    .filter(file -> !file.endsWith(ExampleExtension.CONFIGURATION))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
