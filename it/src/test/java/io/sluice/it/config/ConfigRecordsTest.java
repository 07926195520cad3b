package io.sluice.it.config;

import io.sluice.app.health.CheckConfig;
import io.sluice.app.wiring.GatewayConfig;
import io.sluice.core.config.ConfigContract;
import org.junit.jupiter.api.Test;

class ConfigRecordsTest {

    @Test
    void everyRecordHasItsDefaultsAndEveryKeyCanBeSet() {
        ConfigContract.of(GatewayConfig.class)
                .required("path", "/x")
                .required("key", "some-long-enough-key")
                .required("requestsPerSecond", "5")
                .required("serviceName", "s")
                .required("certFile", "c.pem")
                .required("keyFile", "k.pem")
                .required("address", "127.0.0.1")
                .required("name", "n")
                .required(CheckConfig.class, "type", "http")
                .required(CheckConfig.class, "config", "{url: 'http://a.example/'}")
                .sample("config", "{url: 'http://b.example/'}")
                .sample("optionsSuccessStatus", "200")
                .verify();
    }
}
