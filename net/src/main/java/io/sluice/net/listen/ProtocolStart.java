package io.sluice.net.listen;

import io.netty.channel.ChannelPipeline;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.Loop;

/// Installs one protocol on an accepted connection. On the channel's loop.
@FunctionalInterface
public interface ProtocolStart {
    void start(ChannelPipeline pipeline, Loop loop, Peer peer);
}
