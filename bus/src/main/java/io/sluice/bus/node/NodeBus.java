package io.sluice.bus.node;

import io.sluice.bus.Bus;
import io.sluice.bus.BusConfig;
import io.sluice.bus.BusConfig.LogStore;
import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Counters;
import io.sluice.bus.Leases;
import io.sluice.bus.Log;
import io.sluice.bus.Members;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Table;
import io.sluice.bus.Topics;
import io.sluice.bus.kafka.KafkaLog;
import io.sluice.bus.local.LocalBus;
import io.sluice.bus.redis.RedisBus;
import io.sluice.core.id.IdSource;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;
import org.jspecify.annotations.Nullable;

/// Opens the bus the configuration asks for: each part from the server that carries it, or from this process.
public final class NodeBus implements Bus {
    private final LocalBus local;
    private final BusHealth health;
    private final @Nullable RedisBus redis;
    private final @Nullable KafkaLog kafka;
    private final Log log;

    private NodeBus(String node, BusConfig config, Ticker ticker, BusMetrics metrics) {
        local = new LocalBus(node, ticker, metrics);
        health = local.health();
        metrics.follow(health);
        redis =
                config.redis().configured()
                        ? new RedisBus(node, config.redis(), ticker, health, metrics)
                        : null;
        kafka =
                config.logStore() == LogStore.KAFKA
                        ? new KafkaLog(config.kafka(), ticker, health, metrics)
                        : null;
        log = log(config);
    }

    /// Returns at once, also when a shared server is out of reach: then the bus starts degraded and keeps trying.
    public static Bus open(BusConfig config, Ticker ticker, Metrics metrics) {
        String given = config.node();
        String node = given == null || given.isBlank() ? IdSource.seeded(ticker).spanId() : given;
        return new NodeBus(node, config, ticker, new BusMetrics(metrics));
    }

    private Log log(BusConfig config) {
        return switch (config.logStore()) {
            case REDIS -> redis == null ? local.log() : redis.log();
            case KAFKA -> kafka == null ? local.log() : kafka;
            case LOCAL, AUTO -> local.log();
        };
    }

    @Override
    public String node() {
        return local.node();
    }

    @Override
    public boolean alone() {
        return redis == null;
    }

    @Override
    public Topics topics() {
        return redis == null ? local.topics() : redis.topics();
    }

    @Override
    public NumberedTopics numberedTopics() {
        return redis == null ? local.numberedTopics() : redis.numberedTopics();
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Table table() {
        return redis == null ? local.table() : redis.table();
    }

    @Override
    public Members members() {
        return redis == null ? local.members() : redis.members();
    }

    @Override
    public Leases leases() {
        return redis == null ? local.leases() : redis.leases();
    }

    @Override
    public Counters counters() {
        return redis == null ? local.counters() : redis.counters();
    }

    @Override
    public BusHealth health() {
        return health;
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
        if (redis != null) {
            redis.close();
        }
        local.close();
    }
}
