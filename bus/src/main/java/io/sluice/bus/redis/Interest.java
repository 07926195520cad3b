package io.sluice.bus.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keeps the server's list of what this node listens to like the node's own. Changes are gathered: a name that comes
/// and goes within a moment costs nothing, many new ones cost one command. One virtual thread.
final class Interest {
    private static final int MOST_NAMES = 500;

    private final Lettuce lettuce;
    private final boolean sharded;
    private final Predicate<String> wanted;
    private final LinkedBlockingQueue<String> changed = new LinkedBlockingQueue<>();
    private final ReentrantLock lock = new ReentrantLock();

    /// What the connection was asked for.
    private final Set<String> asked = new HashSet<>();

    /// Names to look at once there is a connection again.
    private final Set<String> known = new HashSet<>();

    private final Heard heard = new Heard();
    private @Nullable Session session;
    private final Thread thread =
            Thread.ofVirtual().name("bus-interest").unstarted(this::followChanges);

    Interest(Lettuce lettuce, boolean sharded, Predicate<String> wanted) {
        this.lettuce = lettuce;
        this.sharded = sharded;
        this.wanted = wanted;
    }

    void start() {
        thread.start();
    }

    /// Any thread, returns at once.
    void changed(String name) {
        changed.add(name);
    }

    /// Ends when the server has confirmed a name that was reported as [#changed], or is gone.
    CompletionStage<?> heard(String name) {
        return heard.when(name);
    }

    private void followChanges() {
        try {
            while (true) {
                Set<String> names = new LinkedHashSet<>();
                names.add(changed.take());
                changed.drainTo(names);
                lock.lockInterruptibly();
                try {
                    apply(names);
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /// With the lock.
    private List<RedisFuture<Void>> apply(Set<String> names) {
        List<String> come = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        Session on = session;
        if (on == null) {
            for (String name : names) {
                if (wanted.test(name)) {
                    known.add(name);
                } else {
                    known.remove(name);
                }
            }
            return List.of();
        }
        for (String name : names) {
            boolean want = wanted.test(name);
            if (want && asked.add(name)) {
                come.add(name);
            } else if (!want && asked.remove(name)) {
                gone.add(name);
                heard.remove(name);
            }
        }
        List<RedisFuture<Void>> answers = new ArrayList<>();
        RedisPubSubAsyncCommands<String, byte[]> commands = on.hearing().async();
        for (String[] some : inParts(come)) {
            RedisFuture<Void> answer =
                    sharded ? commands.ssubscribe(some) : commands.subscribe(some);
            answer.thenRun(() -> heard.add(some));
            answers.add(answer);
        }
        for (String[] some : inParts(gone)) {
            answers.add(sharded ? commands.sunsubscribe(some) : commands.unsubscribe(some));
        }
        for (RedisFuture<Void> answer : answers) {
            answer.whenComplete((_, failure) -> {
                if (failure != null) {
                    on.close();
                }
            });
        }
        return answers;
    }

    private List<String[]> inParts(List<String> names) {
        int most = sharded ? 1 : MOST_NAMES;
        List<String[]> parts = new ArrayList<>();
        for (int i = 0; i < names.size(); i += most) {
            parts.add(names.subList(i, Math.min(i + most, names.size())).toArray(String[]::new));
        }
        return parts;
    }

    /// Asks a new connection for every name and waits until it confirms them all.
    ///
    /// @return how many there are
    int renew(Session fresh) throws Broken {
        List<RedisFuture<Void>> answers;
        int names;
        lock.lock();
        try {
            session = fresh;
            heard.begin();
            known.addAll(asked);
            asked.clear();
            Set<String> all = new LinkedHashSet<>(known);
            known.clear();
            answers = apply(all);
            names = asked.size();
        } finally {
            lock.unlock();
        }
        for (RedisFuture<Void> answer : answers) {
            lettuce.await(answer);
        }
        return names;
    }

    /// The connection is gone.
    void forget() {
        lock.lock();
        try {
            session = null;
            heard.end();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        thread.interrupt();
    }
}
