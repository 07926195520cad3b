package io.sluice.net.http1;

import io.netty.channel.ChannelPipeline;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.Loop;

/// The handlers of a client's HTTP/1.1 connection, behind TLS if there is any: one, since heads and bodies are read
/// straight from the bytes.
public final class Http1Pipeline {
    public static final String CONNECTION = "http1-connection";

    private Http1Pipeline() {}

    /// Adds the handlers. On the channel's loop.
    public static void install(ChannelPipeline pipeline, Http1Side side, Loop loop, Peer peer) {
        pipeline.addLast(CONNECTION, new Http1Connection(side, loop, peer));
    }
}
