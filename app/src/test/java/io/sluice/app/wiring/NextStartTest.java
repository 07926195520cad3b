package io.sluice.app.wiring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.config.ConfigInput;
import org.junit.jupiter.api.Test;

class NextStartTest {

    private static GatewayConfig config(String keys) {
        return requireNonNull(
                ConfigLoading.read(ConfigInput.text("gateway: {" + keys + "}")).value());
    }

    @Test
    void everyKeyThatWaitsForTheNextStartIsNamed() {
        GatewayConfig before = config("loops: 1");
        GatewayConfig after =
                config(
                        "loops: 2, transport: nio, shutdownTimeout: 5, preStopDelay: 1, drainBatch: 7,"
                                + " frontend: {http: {port: 9}}, demo: {enabled: true},"
                                + " realtime: {limits: {lease: 61}}, bus: {node: a}");

        assertThat(NextStart.changes(before, after))
                .contains(
                        "listeners",
                        "loops",
                        "shutdownTimeout",
                        "preStopDelay",
                        "drainBatch",
                        "realtime",
                        "bus",
                        "demo");
    }

    @Test
    void whatAReloadTakesUpIsNotNamed() {
        GatewayConfig before = config("loops: 1, metrics: {enabled: true}");

        assertThat(NextStart.changes(before, config("loops: 1, retry: {enabled: true}"))).isEmpty();
        assertThat(NextStart.changes(before, before)).isEmpty();
    }
}
