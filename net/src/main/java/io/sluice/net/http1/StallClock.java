package io.sluice.net.http1;

import io.netty.channel.ChannelHandlerContext;
import io.sluice.net.loop.Timer;
import io.sluice.net.loop.Timers;

/// Notices that a client takes nothing of what waits for it: fewer unsent bytes at the end of a span than at its start
/// keep the connection, else it is cut. One per connection. Loop thread only.
final class StallClock {
    private final Http1Connection connection;
    private final long spanNanos;
    private final Timer timer;
    private long unsentBefore;

    StallClock(Http1Connection connection, Http1Settings settings, Timers timers) {
        this.connection = connection;
        this.spanNanos = settings.stallTimeout().toNanos();
        this.timer = timers.timer(this::expired);
    }

    /// More waits than the socket takes.
    void full() {
        if (spanNanos == 0) {
            return;
        }
        unsentBefore = unsent(connection.context());
        timer.in(spanNanos);
    }

    void drained() {
        timer.clear();
    }

    void close() {
        timer.close();
    }

    private void expired() {
        long unsent = unsent(connection.context());
        if (unsent >= unsentBefore) {
            connection.cut();
        } else {
            unsentBefore = unsent;
            timer.in(spanNanos);
        }
    }

    private static long unsent(ChannelHandlerContext context) {
        var buffer = context.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
