package io.sluice.net.listen;

import io.sluice.core.time.Ticker;
import io.sluice.net.http.Handler;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.http1.Http1Pipeline;
import io.sluice.net.http1.Http1Settings;
import io.sluice.net.http1.Http1Side;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.net.tls.ServerTlsConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A listener on a free loopback port with one loop, in the clear, for tests.
public final class TestListener implements AutoCloseable {
    private final Loops loops;
    private final Listener listener;
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    public TestListener(Handler handler) {
        this(handler, Http1Settings.DEFAULT, ProxyProtocol.OFF, 1000);
    }

    public TestListener(
            Handler handler,
            Http1Settings settings,
            ProxyProtocol proxyProtocol,
            int maxConnections) {
        this(handler, settings, proxyProtocol, maxConnections, Ticker.system());
    }

    public TestListener(
            Handler handler,
            Http1Settings settings,
            ProxyProtocol proxyProtocol,
            int maxConnections,
            Ticker ticker) {
        loops = new Loops(Transport.preferred(), 1, ticker);
        RefusalListener counting =
                (peer, protocol, failure) -> refusals.add(failure.kind().label());
        Http1Side side = new Http1Side(settings, handler, counting, 1);
        ProtocolStart http1 =
                (pipeline, loop, peer) -> Http1Pipeline.install(pipeline, side, loop, peer);
        ProtocolStart none = (pipeline, loop, peer) -> pipeline.close();
        ListenerTimeouts timeouts =
                new ListenerTimeouts(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        settings.headTimeout(),
                        settings.idleTimeout(),
                        settings.minBodyRate(),
                        Duration.ZERO);
        listener =
                new Listener(
                        new ListenerConfig(
                                "127.0.0.1",
                                0,
                                timeouts,
                                new ListenerLimits(8192, 32768, 100, maxConnections),
                                ServerTlsConfig.of("", ""),
                                proxyProtocol,
                                true),
                        loops,
                        new Protocols(http1, none),
                        counting,
                        null);
        listener.bind();
    }

    public int port() {
        return listener.address().getPort();
    }

    /// Metric labels of what was refused before it became an exchange.
    public List<String> refusals() {
        return refusals;
    }

    public Listener listener() {
        return listener;
    }

    public Loops loops() {
        return loops;
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
