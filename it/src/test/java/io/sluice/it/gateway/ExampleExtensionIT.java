package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.extension.ExampleExtension;
import io.sluice.testkit.OriginServer;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ExampleExtensionIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path classes;

    @Test
    void theExampleCompilesAndDoesWhatItsPageSays() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (OriginServer origin = OriginServer.start("one");
                URLClassLoader loader = ExampleExtension.loader(classes)) {
            Thread.currentThread().setContextClassLoader(loader);
            RunningGateway gateway =
                    gateways.start(
                            ExampleExtension.configuration()
                                    .replace("port: 3001", "port: " + origin.port()));

            assertThat(gateway.get("/", "User-Agent", "curl/8").statusCode()).isEqualTo(403);
            assertThat(gateway.get("/", "User-Agent", "browser").statusCode()).isEqualTo(200);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
