package io.sluice.proxy.upstream.health;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says what changed about the instances of one service. Changes are rare: thresholds and ejection times stand before
/// each of them.
final class HealthLog {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceHealth.class);

    private final String service;

    HealthLog(String service) {
        this.service = service;
    }

    void passes(InstanceHealth health) {
        LOG.atInfo()
                .addKeyValue("service", service)
                .addKeyValue("instance", health.instance().id())
                .log("Instance passes its health checks again");
    }

    void fails(InstanceHealth health, String reason) {
        LOG.atWarn()
                .addKeyValue("service", service)
                .addKeyValue("instance", health.instance().id())
                .addKeyValue("reason", reason)
                .log("Instance fails its health checks");
    }

    void ejected(InstanceHealth health) {
        LOG.atWarn()
                .addKeyValue("service", service)
                .addKeyValue("instance", health.instance().id())
                .log("Instance left out after failed calls in a row");
    }

    void returned(InstanceHealth health) {
        LOG.atInfo()
                .addKeyValue("service", service)
                .addKeyValue("instance", health.instance().id())
                .log("Instance is called again");
    }

    void panic(boolean started) {
        if (started) {
            LOG.atWarn()
                    .addKeyValue("service", service)
                    .log("Too few instances are well, calling all of them");
        } else {
            LOG.atInfo().addKeyValue("service", service).log("Enough instances are well again");
        }
    }
}
