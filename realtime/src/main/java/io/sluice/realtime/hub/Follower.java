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

/// Brings the numbered messages of one channel to its members on this node, each once and in order. After a gap, which
/// the bus tells or the numbers show, it asks for what is missing, holds back what comes meanwhile, and tells the members
/// when it cannot be had.
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

    private @Nullable List<Heard> held;

    /// More has come than is held back, or is missing since a question was asked: one more is to be asked.
    private boolean spilled;

    /// @param message null for one that has a place but is not to be told: it cannot be read, or was told before
    private record Heard(Position position, @Nullable Message message) {}

    /// What to ask for: what came after a place, or else after another one.
    private record Question(@Nullable Position from, @Nullable Position fallback) {}

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
        take(new Heard(numbered.position(), relay.decode(channel, numbered)));
    }

    @Override
    public void placed(String name, Position position) {
        take(new Heard(position, null));
    }

    private void take(Heard next) {
        LoopHub own = null;
        Question question = null;
        lock.lock();
        try {
            if (held != null) {
                hold(held, next);
            } else if (isBehindAHole(next)) {
                held = new ArrayList<>(List.of(next));
                question = new Question(last, null);
            } else {
                own = pass(next);
            }
        } finally {
            lock.unlock();
        }
        drain(own);
        ask(question);
    }

    private void hold(List<Heard> waiting, Heard next) {
        if (waiting.size() < MOST_HELD) {
            waiting.add(next);
        } else {
            spilled = true;
        }
    }

    /// Whether others are missing between it and the last one.
    private boolean isBehindAHole(Heard next) {
        Position before = last;
        return before != null
                && next.position().epoch().equals(before.epoch())
                && next.position().offset() > before.offset() + 1;
    }

    private static void drain(@Nullable LoopHub own) {
        if (own != null) {
            own.inbox().drain();
        }
    }

    private @Nullable LoopHub pass(Heard next) {
        Position before = last;
        boolean sameEpoch = before != null && next.position().epoch().equals(before.epoch());
        if (before != null && sameEpoch && next.position().offset() <= before.offset()) {
            return null;
        }
        standAt(next.position());
        return next.message() == null ? null : fanout.queue(next.message());
    }

    private void standAt(Position position) {
        Position before = last;
        if (before != null && !position.epoch().equals(before.epoch())) {
            lastBefore = before;
        }
        last = position;
    }

    @Override
    public void gap(String name) {
        Question question;
        lock.lock();
        try {
            if (held != null) {
                spilled = true;
                return;
            }
            held = new ArrayList<>();
            question = new Question(last, lastBefore);
        } finally {
            lock.unlock();
        }
        ask(question);
    }

    private void ask(@Nullable Question question) {
        if (question != null) {
            listener.gap();
            recover(question);
        }
    }

    private void recover(Question question) {
        relay.since(channel, question.from())
                .thenAccept(found -> {
                    if (!found.recovered() && question.fallback() != null) {
                        recover(new Question(question.fallback(), null));
                    } else {
                        resume(found);
                    }
                });
    }

    private void resume(Recovery<Message> found) {
        LoopHub own;
        Question question;
        lock.lock();
        try {
            List<Heard> waiting = held == null ? List.of() : held;
            held = null;
            own = found.recovered() ? close(found) : tell(found, waiting);
            int passed = 0;
            while (passed < waiting.size() && !isBehindAHole(waiting.get(passed))) {
                own = later(own, pass(waiting.get(passed)));
                passed++;
            }
            question = goOn(waiting.subList(passed, waiting.size()));
        } finally {
            lock.unlock();
        }
        drain(own);
        ask(question);
    }

    private @Nullable LoopHub close(Recovery<Message> found) {
        LoopHub own = null;
        for (Message message : found.messages()) {
            if (message.position() != null) {
                own = later(own, pass(new Heard(message.position(), message)));
            }
        }
        Position latest = found.latest();
        if (latest != null) {
            own = later(own, pass(new Heard(latest, null)));
        }
        return own;
    }

    /// Members are told that they miss what came before the first one that waits, or up to the newest place.
    private @Nullable LoopHub tell(Recovery<Message> found, List<Heard> waiting) {
        Position latest = found.latest();
        if (!waiting.isEmpty()) {
            if (isBehindAHole(waiting.getFirst())) {
                Position first = waiting.getFirst().position();
                standAt(new Position(first.epoch(), first.offset() - 1));
            }
        } else if (latest != null) {
            standAt(latest);
        }
        return fanout.queue(new Gap(channel, latest));
    }

    /// With what waits behind another hole: it was held too long, or lost on the way while the first was asked for.
    private @Nullable Question goOn(List<Heard> behind) {
        boolean again = spilled || !behind.isEmpty();
        if (!again) {
            return null;
        }
        if (behind.isEmpty()) {
            spilled = false;
        }
        held = new ArrayList<>(behind);
        return new Question(last, null);
    }

    private static @Nullable LoopHub later(@Nullable LoopHub one, @Nullable LoopHub other) {
        return other == null ? one : other;
    }
}
