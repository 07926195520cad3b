package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.RawClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/// Reloads that change where the metrics page is: a page that cannot move before the next start stays where it is, and
/// one that is turned off is gone.
class MetricsPortIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final FreePorts ports = new FreePorts();
    private final int port = ports.next();
    private final Logger logger = (Logger) LoggerFactory.getLogger("io.sluice.app.wiring");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void close() {
        logger.detachAppender(lines);
        ports.close();
    }

    @Test
    void aPortThatIsNotOpenYetLeavesThePageOnTheMainPort() {
        RunningGateway gateway = gateways.start(metrics("enabled: true"));

        reload(gateway, "enabled: true, port: " + port);

        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(warnings()).anyMatch(line -> line.contains("metrics.port"));
    }

    @Test
    void aPageThatWasOffDoesNotShowUpOnTheMainPortWhenItIsMeantForAnother() {
        RunningGateway gateway = gateways.start(metrics("enabled: false"));

        reload(gateway, "enabled: true, port: " + port);

        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);
        assertThat(warnings()).anyMatch(line -> line.contains("metrics.port"));
    }

    @Test
    void thePageOnItsOwnPortIsTurnedOffAndOnAndMoved() {
        RunningGateway gateway = gateways.start(metrics("enabled: true, port: " + port));
        assertThat(own("/metrics")).isEqualTo(200);
        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);

        reload(gateway, "enabled: false, port: " + port);
        assertThat(own("/metrics")).isEqualTo(404);
        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);

        reload(gateway, "enabled: true, path: /figures, port: " + port);
        assertThat(own("/figures")).isEqualTo(200);
        assertThat(own("/metrics")).isEqualTo(404);
        assertThat(gateway.get("/figures").statusCode()).isEqualTo(404);
    }

    @Test
    void thePageComesToTheMainPortAndLeavesItsOwn() {
        RunningGateway gateway = gateways.start(metrics("enabled: true, port: " + port));

        reload(gateway, "enabled: true");

        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(own("/metrics")).isEqualTo(404);
        assertThat(warnings()).anyMatch(line -> line.contains(String.valueOf(port)));
    }

    @Test
    void anotherPortLeavesThePageWhereItIs() {
        RunningGateway gateway = gateways.start(metrics("enabled: true, port: " + port));

        reload(gateway, "enabled: true, port: " + ports.next());

        assertThat(own("/metrics")).isEqualTo(200);
        assertThat(gateway.get("/metrics").statusCode()).isEqualTo(404);
        assertThat(warnings()).anyMatch(line -> line.contains("metrics.port"));
    }

    private List<String> warnings() {
        return lines.list.stream()
                .filter(line -> line.getLevel() == Level.WARN)
                .map(line -> line.getFormattedMessage() + line.getKeyValuePairs())
                .toList();
    }

    private int own(String path) {
        try (RawClient client = RawClient.connect(port)) {
            return client.request("GET " + path + " HTTP/1.1").response().status();
        }
    }

    private static void reload(RunningGateway gateway, String keys) {
        gateway.rewrite(metrics(keys));
        assertThat(gateway.gateway().reload()).isTrue();
    }

    private static String metrics(String keys) {
        return "gateway:\n  metrics: {"
                + keys
                + "}\n  demo: {enabled: true}\n  router: {rules: ["
                + "{id: r, path: /api/*, serviceName: demo}]}\n";
    }
}
