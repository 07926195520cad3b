package io.sluice.bench;

import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.Response;
import io.sluice.net.http1.Http1Pipeline;
import io.sluice.net.http1.Http1Settings;
import io.sluice.net.http1.Http1Side;
import io.sluice.net.listen.Listener;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.listen.ListenerLimits;
import io.sluice.net.listen.ListenerTimeouts;
import io.sluice.net.listen.ProtocolStart;
import io.sluice.net.listen.Protocols;
import io.sluice.net.listen.ProxyProtocol;
import io.sluice.net.loop.Loops;
import io.sluice.net.loop.Transport;
import io.sluice.net.tls.ServerTlsConfig;
import java.time.Duration;

/// A service behind the peers, on one loop of this process.
final class Origin implements AutoCloseable {
    private final Loops loops = new Loops(Transport.preferred(), 1, Ticker.system());
    private final Listener listener;

    /// Answers `/bench/N` with N bytes.
    Origin() {
        this(Origin::bytes);
    }

    Origin(Handler service) {
        Http1Side side =
                new Http1Side(Http1Settings.DEFAULT, service, (peer, protocol, failure) -> {}, 1);
        ProtocolStart http1 =
                (pipeline, loop, peer) -> Http1Pipeline.install(pipeline, side, loop, peer);
        Duration day = Duration.ofDays(1);
        listener =
                new Listener(
                        new ListenerConfig(
                                "127.0.0.1",
                                0,
                                new ListenerTimeouts(day, day, day, day, 0, Duration.ZERO),
                                new ListenerLimits(8192, 32768, 100, 100_000),
                                ServerTlsConfig.of("", ""),
                                ProxyProtocol.OFF,
                                false),
                        loops,
                        new Protocols(http1, http1),
                        (_, _, _) -> {},
                        null);
        listener.bind();
    }

    int port() {
        return listener.address().getPort();
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }

    static void bytes(Exchange exchange) {
        String path = exchange.request().path();
        int size = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
        exchange.answer(Response.of(200, "application/octet-stream", new byte[size]));
    }
}
