package io.sluice.bus.redis;

import io.sluice.bus.BusHealth;
import io.sluice.bus.BusMetrics;
import io.sluice.bus.Counters;
import io.sluice.bus.Leases;
import io.sluice.bus.Log;
import io.sluice.bus.Members;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.RedisConfig;
import io.sluice.bus.Table;
import io.sluice.bus.Topics;
import io.sluice.core.time.Ticker;
import java.net.URI;

/// All that one Redis, or two, share among nodes. Returns from its constructor at once and connects meanwhile.
public final class RedisBus implements AutoCloseable {
    private final Lettuce lettuce;
    private final Link main;
    private final Link rooms;
    private final RedisTopics topics;
    private final RedisNumberedTopics numberedTopics;
    private final RedisLog log;
    private final RedisTable table;
    private final RedisMembers members;
    private final RedisLeases leases;
    private final RedisCounters counters;

    public RedisBus(
            String node, RedisConfig config, Ticker ticker, BusHealth health, BusMetrics metrics) {
        Setting setting = new Setting(node, config, ticker, health, metrics);
        URI address = config.address();
        URI roomAddress = config.roomAddress();
        lettuce = new Lettuce(config.limits());
        main = new Link("redis", new Server(address, lettuce), lettuce, setting);
        rooms =
                roomAddress.equals(address)
                        ? main
                        : new Link(
                                "room redis", new Server(roomAddress, lettuce), lettuce, setting);
        topics = new RedisTopics(main.broadcast(), rooms.broadcast(), setting);
        numberedTopics = new RedisNumberedTopics(main, setting);
        log = new RedisLog(main, lettuce, setting);
        Calls calls = new Calls(rooms, lettuce);
        table = new RedisTable(calls);
        members = new RedisMembers(calls);
        leases = new RedisLeases(calls);
        counters = new RedisCounters(calls, node);
        main.start();
        if (rooms != main) {
            rooms.start();
        }
    }

    public Topics topics() {
        return topics;
    }

    public NumberedTopics numberedTopics() {
        return numberedTopics;
    }

    public Log log() {
        return log;
    }

    public Table table() {
        return table;
    }

    public Members members() {
        return members;
    }

    public Leases leases() {
        return leases;
    }

    public Counters counters() {
        return counters;
    }

    /// Sends what waits for at most a second, then closes the connections. Blocks.
    @Override
    public void close() {
        log.close();
        main.close();
        if (rooms != main) {
            rooms.close();
        }
        lettuce.close();
    }
}
