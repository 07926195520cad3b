package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LogRotationIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @TempDir Path folder;

    @Test
    void aLogThatWasMovedAwayGoesOnInANewFile() throws IOException {
        Path old = folder.resolve("access.log.1");
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway = gateways.start(GatewayText.of(origin).text());
            Path log = gateway.accessLogFile();
            gateway.get("/first");
            has(log, "/first");

            Files.move(log, old);
            gateway.get("/second");
            has(log, "/second");
            Files.delete(log);
            gateway.get("/third");
            has(log, "/third");

            assertThat(Files.readString(old)).contains("/first").doesNotContain("/second");
            assertThat(Files.readString(log)).doesNotContain("/second");
        }
    }

    private static void has(Path log, String path) {
        await().untilAsserted(() -> assertThat(log).content().contains(path));
    }
}
