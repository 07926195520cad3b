package io.sluice.realtime.hub;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The channels that have members on this node. Any thread.
final class Channels {
    private final ConcurrentMap<String, Channel> channels = new ConcurrentHashMap<>();
    private final Relay relay;

    Channels(Relay relay) {
        this.relay = relay;
    }

    @Nullable Channel find(String name) {
        return channels.get(name);
    }

    Collection<Channel> all() {
        return channels.values();
    }

    /// A new shard of the channel for a loop that has none. The first one subscribes to the channel.
    Shard attach(String name, LoopHub hub) {
        Shard[] made = new Shard[1];
        channels.compute(
                name,
                (key, known) -> {
                    Channel channel = known == null ? new Channel(name) : known;
                    made[0] = new Shard(channel, hub);
                    channel.add(made[0]);
                    if (known == null) {
                        channel.subscription = relay.subscribe(name);
                    }
                    return channel;
                });
        return made[0];
    }

    /// The last shard ends the subscription.
    void detach(Shard shard) {
        channels.computeIfPresent(
                shard.name(),
                (key, channel) -> {
                    if (!channel.remove(shard)) {
                        return channel;
                    }
                    if (channel.subscription != null) {
                        channel.subscription.close();
                    }
                    return null;
                });
    }
}
