package io.sluice.realtime.hub;

import org.jspecify.annotations.Nullable;

/// Brings an event to all members on this node. Any thread.
final class Fanout {
    private @Nullable Channels channels;

    void over(Channels known) {
        channels = known;
    }

    /// Members on the calling loop have it in their buffers on return; every other loop with members gets one task.
    void spread(Outbound event) {
        Channel channel = channels == null ? null : channels.find(event.channel());
        if (channel == null) {
            return;
        }
        Shard own = null;
        for (Shard shard : channel.shards()) {
            if (shard.hub().loop().isCurrent()) {
                own = shard;
            } else {
                shard.hub().inbox().put(shard, event);
                shard.hub().inbox().wake();
            }
        }
        if (own != null) {
            deliver(own, event);
        }
    }

    /// What other threads have put in before comes first.
    private static void deliver(Shard shard, Outbound event) {
        LoopHub hub = shard.hub();
        hub.inbox().drain();
        hub.enter();
        try {
            shard.deliver(event);
        } finally {
            hub.exit();
        }
    }

    /// Like [#spread], but members on the calling loop have it only after [LoopHub#inbox] of the returned hub was
    /// drained: events queued under one lock reach all members in one order.
    ///
    /// @return null when the calling thread is no loop with members
    @Nullable LoopHub queue(Outbound event) {
        Channel channel = channels == null ? null : channels.find(event.channel());
        if (channel == null) {
            return null;
        }
        LoopHub own = null;
        for (Shard shard : channel.shards()) {
            LoopHub hub = shard.hub();
            hub.inbox().put(shard, event);
            if (hub.loop().isCurrent()) {
                own = hub;
            } else {
                hub.inbox().wake();
            }
        }
        return own;
    }
}
