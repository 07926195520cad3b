package io.sluice.realtime.hub;

import io.sluice.bus.Subscription;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A channel that has members on this node: on which loops. There from the first shard to the last. Changed by
/// [Channels] under its lock, read by any thread.
final class Channel {
    private static final Shard[] NONE = {};
    private static final CompletableFuture<?> READY = CompletableFuture.completedFuture(NONE);

    private final String name;
    private volatile Shard[] shards = NONE;

    /// Of the bus; null on a node that is alone.
    @Nullable Subscription subscription;

    Channel(String name) {
        this.name = name;
    }

    /// Ends when events of all nodes reach this channel.
    CompletableFuture<?> ready() {
        Subscription known = subscription;
        return known == null ? READY : known.ready().toCompletableFuture();
    }

    String name() {
        return name;
    }

    /// Not to be changed.
    Shard[] shards() {
        return shards;
    }

    void add(Shard shard) {
        Shard[] more = Arrays.copyOf(shards, shards.length + 1);
        more[shards.length] = shard;
        shards = more;
    }

    /// @return whether no shard is left
    boolean remove(Shard shard) {
        Shard[] rest = NONE;
        for (Shard other : shards) {
            if (other != shard) {
                rest = Arrays.copyOf(rest, rest.length + 1);
                rest[rest.length - 1] = other;
            }
        }
        shards = rest;
        return rest.length == 0;
    }

    /// Members on this node, about.
    int size() {
        int size = 0;
        for (Shard shard : shards) {
            size += shard.size();
        }
        return size;
    }
}
