package io.sluice.net.http2;

import io.netty.channel.ChannelPipeline;
import io.sluice.net.http.Peer;
import io.sluice.net.loop.Loop;

/// The handlers of a client's HTTP/2 connection, behind TLS if there is any: one, which carries all streams.
public final class Http2Pipeline {
    public static final String CONNECTION = "http2-connection";

    private Http2Pipeline() {}

    /// Adds the handlers; the client's preface comes next. On the channel's loop.
    public static void install(ChannelPipeline pipeline, Http2Side side, Loop loop, Peer peer) {
        pipeline.addLast(CONNECTION, Http2ServerConnection.create(side, loop, peer));
    }
}
