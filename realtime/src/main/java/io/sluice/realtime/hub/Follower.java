package io.sluice.realtime.hub;

import io.sluice.bus.Numbered;
import io.sluice.bus.NumberedListener;
import io.sluice.bus.NumberedTopics;
import io.sluice.bus.Position;
import io.sluice.realtime.history.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Brings the numbered messages of one channel to its members on this node, each once and in order. After a gap it
/// asks for what is missing, holds back what comes meanwhile, and tells the members when it cannot be had.
final class Follower implements NumberedListener {
    private static final int MOST_HELD = 10_000;

    private final String topic;
    private final String channel;
    private final BusRelay relay;
    private final Fanout fanout;
    private final HubListener listener;
    private final Lock lock = new ReentrantLock();
    private @Nullable Position last;

    /// Last place of the numbering before the present one: a server that was gone and is back goes on with its old one.
    private @Nullable Position lastBefore;

    private @Nullable List<Message> held;

    Follower(String topic, String channel, BusRelay relay, Fanout fanout, HubListener listener) {
        this.topic = topic;
        this.channel = channel;
        this.relay = relay;
        this.fanout = fanout;
        this.listener = listener;
    }

    /// Finds out where the channel stands, so that a gap before its next message can be closed too.
    void start(CompletionStage<?> ready, NumberedTopics topics) {
        ready.thenCompose(_ -> topics.latest(topic))
                .handle((latest, failure) -> {
                    lock.lock();
                    try {
                        if (last == null) {
                            last = latest;
                        }
                    } finally {
                        lock.unlock();
                    }
                    return latest;
                });
    }

    @Override
    public void message(String name, Numbered numbered) {
        Message message = relay.decode(channel, numbered);
        if (message == null) {
            return;
        }
        LoopHub own = null;
        lock.lock();
        try {
            List<Message> waiting = held;
            if (waiting == null) {
                own = pass(message, numbered.position());
            } else if (waiting.size() < MOST_HELD) {
                waiting.add(message);
            }
        } finally {
            lock.unlock();
        }
        drain(own);
    }

    private static void drain(@Nullable LoopHub own) {
        if (own != null) {
            own.inbox().drain();
        }
    }

    private @Nullable LoopHub pass(Message message, @Nullable Position position) {
        Position before = last;
        if (position != null && before != null) {
            boolean sameEpoch = position.epoch().equals(before.epoch());
            if (sameEpoch && position.offset() <= before.offset()) {
                return null;
            }
            if (!sameEpoch) {
                lastBefore = before;
            }
        }
        last = position;
        return fanout.queue(message);
    }

    @Override
    public void gap(String name) {
        Position from;
        Position fallback;
        lock.lock();
        try {
            if (held != null) {
                return;
            }
            held = new ArrayList<>();
            from = last;
            fallback = lastBefore;
        } finally {
            lock.unlock();
        }
        listener.gap();
        recover(from, fallback);
    }

    private void recover(@Nullable Position from, @Nullable Position fallback) {
        relay.since(channel, from)
                .thenAccept(found -> {
                    if (!found.recovered() && fallback != null) {
                        recover(fallback, null);
                    } else {
                        resume(found);
                    }
                });
    }

    private void resume(Recovery<Message> found) {
        LoopHub own = null;
        lock.lock();
        try {
            if (found.recovered()) {
                for (Message message : found.messages()) {
                    own = later(own, pass(message, message.position()));
                }
            } else {
                own = fanout.queue(new Gap(channel, found.latest()));
            }
            List<Message> waiting = held == null ? List.of() : held;
            held = null;
            for (Message message : waiting) {
                own = later(own, pass(message, message.position()));
            }
        } finally {
            lock.unlock();
        }
        drain(own);
    }

    private static @Nullable LoopHub later(@Nullable LoopHub one, @Nullable LoopHub other) {
        return other == null ? one : other;
    }
}
