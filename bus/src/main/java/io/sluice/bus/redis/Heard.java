package io.sluice.bus.redis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Which names the server has confirmed on the present connection, and who waits for it. Without a connection nobody
/// waits. Any thread.
final class Heard {
    private final Set<String> names = new HashSet<>();
    private final Map<String, CompletableFuture<String>> waiting = new HashMap<>();
    private boolean connected;

    synchronized void begin() {
        connected = true;
        names.clear();
    }

    synchronized CompletionStage<String> when(String name) {
        if (!connected || names.contains(name)) {
            return CompletableFuture.completedFuture(name);
        }
        return waiting.computeIfAbsent(name, _ -> new CompletableFuture<>());
    }

    void add(String[] confirmed) {
        Map<String, CompletableFuture<String>> done = new HashMap<>();
        synchronized (this) {
            for (String name : confirmed) {
                names.add(name);
                CompletableFuture<String> waiter = waiting.remove(name);
                if (waiter != null) {
                    done.put(name, waiter);
                }
            }
        }
        done.forEach((name, waiter) -> waiter.complete(name));
    }

    /// Nobody waits for a name that is not wanted any more.
    void remove(String name) {
        CompletableFuture<String> waiter;
        synchronized (this) {
            names.remove(name);
            waiter = waiting.remove(name);
        }
        if (waiter != null) {
            waiter.complete(name);
        }
    }

    /// The connection is gone.
    void end() {
        Map<String, CompletableFuture<String>> done;
        synchronized (this) {
            connected = false;
            names.clear();
            done = new HashMap<>(waiting);
            waiting.clear();
        }
        done.forEach((name, waiter) -> waiter.complete(name));
    }
}
