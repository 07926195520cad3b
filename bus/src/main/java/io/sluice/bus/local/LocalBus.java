package io.sluice.bus.local;

import io.sluice.bus.Bus;
import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Counters;
import io.sluice.bus.Leases;
import io.sluice.bus.Log;
import io.sluice.bus.Members;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Table;
import io.sluice.bus.Topics;
import io.sluice.core.telemetry.Metrics;
import io.sluice.core.time.Ticker;

/// The bus of a node that stands alone. Starts no thread until a log is followed.
public final class LocalBus implements Bus {
    private final String node;
    private final BusHealth health;
    private final LocalTopics topics;
    private final LocalNumberedTopics numberedTopics;
    private final LocalLog log;
    private final LocalTable table;
    private final LocalMembers members = new LocalMembers();
    private final LocalLeases leases;
    private final LocalCounters counters;

    public LocalBus(String node, Ticker ticker, BusMetrics metrics) {
        this.node = node;
        health = new BusHealth(ticker);
        topics = new LocalTopics(metrics);
        numberedTopics = new LocalNumberedTopics(ticker, metrics);
        log = new LocalLog(metrics);
        table = new LocalTable(ticker);
        leases = new LocalLeases(ticker);
        counters = new LocalCounters(ticker);
    }

    /// For tests, and for what is used alone: a bus nobody else is on.
    public static LocalBus alone(Ticker ticker) {
        return new LocalBus("local", ticker, new BusMetrics(Metrics.unread()));
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public boolean alone() {
        return true;
    }

    @Override
    public Topics topics() {
        return topics;
    }

    @Override
    public NumberedTopics numberedTopics() {
        return numberedTopics;
    }

    @Override
    public Log log() {
        return log;
    }

    @Override
    public Table table() {
        return table;
    }

    @Override
    public Members members() {
        return members;
    }

    @Override
    public Leases leases() {
        return leases;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public BusHealth health() {
        return health;
    }

    @Override
    public void close() {
        topics.close();
        numberedTopics.close();
        log.close();
    }
}
