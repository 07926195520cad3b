package io.sluice.net.dial;

import io.netty.channel.Channel;
import io.sluice.net.loop.Loop;

/// Makes an open channel a connection to an origin, in one version of HTTP. On the channel's loop.
@FunctionalInterface
public interface OriginCodec {
    OriginConnection install(Channel channel, Loop loop);
}
