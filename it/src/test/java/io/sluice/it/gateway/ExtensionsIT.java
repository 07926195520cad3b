package io.sluice.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.app.wiring.ConfigLoading;
import io.sluice.core.config.Complaint;
import io.sluice.core.config.ConfigInput;
import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.it.extension.BoardDiscoveryFactory;
import io.sluice.it.extension.BoardDiscoveryFactory.Board;
import io.sluice.testkit.OriginServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExtensionsIT {
    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    @Test
    void aFilterOfAnotherJarWorksForTheRulesThatNameIt() {
        try (OriginServer origin = OriginServer.start("one")) {
            RunningGateway gateway =
                    gateways.start(
                            """
                            gateway:
                              metrics: {enabled: true}
                              registry: {static: {services: [{name: s, instances: [{address: 127.0.0.1, port: %d}]}]}}
                              router:
                                rules:
                                  - {id: a, path: /a/*, serviceName: s, filters: {stamp: {text: hello, key: k}}}
                                  - {id: b, path: /b/*, serviceName: s}
                            """
                                    .formatted(origin.port()));

            assertThat(gateway.get("/a/x", "X-Key", "k").statusCode()).isEqualTo(200);
            assertThat(origin.seen().getFirst().headers().first("X-Stamp")).isEqualTo("hello@a");
            assertThat(gateway.get("/a/x").statusCode()).isEqualTo(403);
            assertThat(gateway.get("/b/x").statusCode()).isEqualTo(200);
            assertThat(origin.seen().getLast().headers().has("X-Stamp")).isFalse();
            assertThat(gateway.get("/metrics").body())
                    .contains(
                            "gateway_filter_steps_total{filter=\"stamp\",step=\"next\"} 1.0",
                            "gateway_filter_steps_total{filter=\"stamp\",step=\"refuse\"} 1.0");
        }
    }

    @Test
    void anUnknownFilterSourceOrSettingIsAMistakeWithItsLine() {
        List<Complaint> complaints =
                ConfigLoading.outcome(
                                ConfigLoading.read(
                                        ConfigInput.text(
                                                """
                                                gateway:
                                                  registry:
                                                    discovery:
                                                      bord: {name: x}
                                                  router:
                                                    rules:
                                                      - id: a
                                                        path: /a
                                                        serviceName: s
                                                        filters:
                                                          stmp: {text: x}
                                                          stamp: {tekst: x}
                                                """)))
                        .complaints();

        assertThat(complaints.toString())
                .contains(
                        ":4",
                        "no source of services is called `bord`; did you mean `board`?",
                        ":11",
                        "no filter is called `stmp`; did you mean `stamp`?",
                        ":12",
                        "there is no text");
    }

    @Test
    void aSourceOfAnotherJarFindsServicesWhileTheGatewayRuns() {
        Board board = BoardDiscoveryFactory.board("finds");
        try (OriginServer one = OriginServer.start("one");
                OriginServer two = OriginServer.start("two")) {
            RunningGateway gateway = gateways.start(found("finds", "/x/*"));
            assertThat(gateway.get("/x/1").statusCode()).isEqualTo(503);

            board.pin("s", one.port());
            assertThat(gateway.get("/x/1").body()).contains("\"one\"");
            board.pin("s", two.port());
            assertThat(gateway.get("/x/1").body()).contains("\"two\"");
            board.pin("other", one.port());
            assertThat(gateway.get("/x/1").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/metrics").body())
                    .contains(
                            "gateway_discovery_updates_total{discovery=\"board\",result=\"success\"} 3.0");
        }
    }

    @Test
    void aSourceLooksOnAcrossReloadsWhileItsSettingsStayTheSame() {
        Board board = BoardDiscoveryFactory.board("stays");
        Board other = BoardDiscoveryFactory.board("comes");
        try (OriginServer one = OriginServer.start("one")) {
            board.pin("s", one.port());
            RunningGateway gateway = gateways.start(found("stays", "/x/*"));
            assertThat(gateway.get("/x/1").statusCode()).isEqualTo(200);

            gateway.rewrite(found("stays", "/y/*"));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/y/1").statusCode()).isEqualTo(200));
            assertThat(board.opened()).isEqualTo(1);
            assertThat(board.closed()).isZero();

            gateway.rewrite(found("comes", "/z/*"));
            await().untilAsserted(
                            () -> assertThat(gateway.get("/z/1").statusCode()).isEqualTo(503));
            assertThat(board.closed()).isEqualTo(1);
            assertThat(other.opened()).isEqualTo(1);

            gateway.close();
            assertThat(other.closed()).isEqualTo(1);
        }
    }

    private static String found(String board, String path) {
        return """
        gateway:
          metrics: {enabled: true}
          registry: {discovery: {board: {name: %s}}}
          router: {rules: [{id: r, path: %s, serviceName: s}]}
        """
                .formatted(board, path);
    }
}
