package io.sluice.realtime.hub;

import io.sluice.bus.Bus;
import io.sluice.bus.BusHealth;
import io.sluice.bus.Counters;
import io.sluice.bus.Leases;
import io.sluice.bus.Log;
import io.sluice.bus.Members;
import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Portion;
import io.sluice.bus.Position;
import io.sluice.bus.Replay;
import io.sluice.bus.Retention;
import io.sluice.bus.Subscription;
import io.sluice.bus.Table;
import io.sluice.bus.TopicListener;
import io.sluice.bus.Topics;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// One node's end of a bus that several nodes of a test share. While it is cut nothing arrives; mending it announces
/// the gap. A subscription counts as ready when [#ready] ends.
final class CutBus implements Bus {
    private final String node;
    private final Bus shared;
    private volatile boolean cut;
    volatile CompletableFuture<?> ready = CompletableFuture.completedFuture(this);

    /// Answers about what was missed, as they were when asked for, come behind its end.
    volatile CompletableFuture<?> answers = CompletableFuture.completedFuture(this);

    final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private final Map<String, Runnable> gaps = new ConcurrentHashMap<>();

    CutBus(String node, Bus shared) {
        this.node = node;
        this.shared = shared;
    }

    void cut() {
        cut = true;
    }

    /// As if a few messages had been lost on the way.
    void mendSilently() {
        cut = false;
    }

    void mend() {
        mendSilently();
        gaps.values().forEach(Runnable::run);
    }

    private Subscription subscribed(String name, Subscription inner, Runnable gap) {
        subscribed.add(name);
        gaps.put(name, gap);
        return new Subscription() {
            @Override
            public CompletionStage<?> ready() {
                return ready;
            }

            @Override
            public void close() {
                subscribed.remove(name);
                gaps.remove(name);
                inner.close();
            }
        };
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public Topics topics() {
        return new Topics() {
            @Override
            public Subscription subscribe(String name, TopicListener listener) {
                TopicListener unlessCut =
                        (topic, payload) -> {
                            if (!cut) {
                                listener.message(topic, payload);
                            }
                        };
                return subscribed(
                        name, shared.topics().subscribe(name, unlessCut), () -> listener.gap(name));
            }

            @Override
            public void publish(String name, byte[] payload) {
                shared.topics().publish(name, payload);
            }
        };
    }

    @Override
    public NumberedTopics numberedTopics() {
        NumberedTopics inner = shared.numberedTopics();
        return new NumberedTopics() {
            @Override
            public Subscription subscribe(String name, NumberedListener listener) {
                NumberedListener unlessCut =
                        (String topic, Numbered message) -> {
                            if (!cut) {
                                listener.message(topic, message);
                            }
                        };
                return subscribed(name, inner.subscribe(name, unlessCut), () -> listener.gap(name));
            }

            @Override
            public CompletionStage<Position> publish(
                    String name, byte[] payload, Retention retention) {
                return inner.publish(name, payload, retention);
            }

            @Override
            public CompletionStage<Replay> since(String name, Position after, Portion most) {
                CompletionStage<Replay> found = inner.since(name, after, most);
                return answers.thenCompose(_ -> found);
            }

            @Override
            public CompletionStage<Replay> newest(String name, Portion most) {
                return inner.newest(name, most);
            }

            @Override
            public CompletionStage<Position> latest(String name) {
                return inner.latest(name);
            }
        };
    }

    @Override
    public Log log() {
        return shared.log();
    }

    @Override
    public Table table() {
        return shared.table();
    }

    @Override
    public Members members() {
        return shared.members();
    }

    @Override
    public Leases leases() {
        return shared.leases();
    }

    @Override
    public Counters counters() {
        return shared.counters();
    }

    @Override
    public BusHealth health() {
        return shared.health();
    }

    @Override
    public void close() {}
}
