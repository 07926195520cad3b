package io.sluice.app.wiring;

import io.sluice.core.time.Ticker;
import io.sluice.net.dial.TcpDialer;
import io.sluice.net.http.Handler;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.http1.HeadLimits;
import io.sluice.net.http1.Http1Origin;
import io.sluice.net.http1.Http1Pipeline;
import io.sluice.net.http1.Http1Settings;
import io.sluice.net.http1.Http1Side;
import io.sluice.net.http2.Http2Clocks;
import io.sluice.net.http2.Http2Limits;
import io.sluice.net.http2.Http2Origin;
import io.sluice.net.http2.Http2Pipeline;
import io.sluice.net.http2.Http2Side;
import io.sluice.net.listen.Listener;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.listen.ListenerLimits;
import io.sluice.net.listen.ListenerTimeouts;
import io.sluice.net.listen.ProtocolStart;
import io.sluice.net.listen.Protocols;
import io.sluice.net.loop.Loops;
import io.sluice.net.tls.ServerTls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The room `net`: loops, the dialer, and how a listener is made.
final class NetParts implements AutoCloseable {
    private final Loops loops;
    private final TcpDialer dialer;

    private NetParts(Loops loops, Duration keepAlive) {
        this.loops = loops;
        this.dialer =
                new TcpDialer(
                        loops.transport(), keepAlive, Http1Origin::install, Http2Origin::install);
    }

    /// @param keepAlive of connections to services
    static NetParts start(RuntimeConfig config, Duration keepAlive, Ticker ticker) {
        return new NetParts(
                new Loops(config.transportOrBest(), config.loopCount(), ticker, config.sendRings()),
                keepAlive);
    }

    Loops loops() {
        return loops;
    }

    TcpDialer dialer() {
        return dialer;
    }

    /// A listener, not bound yet.
    ///
    /// @param handler answers every request
    /// @param tls null for a listener in the clear
    Listener listener(
            ListenerConfig config,
            Handler handler,
            RefusalListener refusals,
            @Nullable ServerTls tls) {
        Http1Side http1 = new Http1Side(http1Settings(config), handler, refusals, loops.count());
        ProtocolStart http1Start =
                (pipeline, loop, peer) -> Http1Pipeline.install(pipeline, http1, loop, peer);
        Http2Side http2 = new Http2Side(http2Limits(config), handler, refusals, loops.count());
        ProtocolStart http2Start =
                (pipeline, loop, peer) -> Http2Pipeline.install(pipeline, http2, loop, peer);
        return new Listener(config, loops, new Protocols(http1Start, http2Start), refusals, tls);
    }

    private static Http1Settings http1Settings(ListenerConfig config) {
        ListenerLimits limits = config.limits();
        ListenerTimeouts clocks = config.timeouts();
        return new Http1Settings(
                new HeadLimits(
                        limits.maxRequestLine(), limits.maxHeaderBytes(), limits.maxHeaderFields()),
                clocks.headerTimeout(),
                clocks.idleTimeout(),
                clocks.readTimeout(),
                clocks.minBodyRate(),
                clocks.writeTimeout());
    }

    private static Http2Limits http2Limits(ListenerConfig config) {
        ListenerLimits limits = config.limits();
        ListenerTimeouts clocks = config.timeouts();
        return new Http2Limits(
                Http2Limits.DEFAULT.maxStreams(),
                Http2Limits.DEFAULT.connectionWindow(),
                limits.maxHeaderBytes(),
                limits.maxHeaderFields(),
                new Http2Clocks(
                        clocks.headerTimeout(),
                        clocks.idleTimeout(),
                        clocks.writeTimeout(),
                        clocks.readTimeout(),
                        clocks.minBodyRate()));
    }

    @Override
    public void close() {
        dialer.close();
        loops.close();
    }
}
