package io.sluice.app.wiring;

import io.sluice.core.time.Pause;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Handler;
import io.sluice.net.http.RefusalListener;
import io.sluice.net.listen.BindException;
import io.sluice.net.listen.Departures;
import io.sluice.net.listen.Listener;
import io.sluice.net.listen.ListenerConfig;
import io.sluice.net.tls.HandshakeListener;
import io.sluice.net.tls.ServerTls;
import io.sluice.net.tls.TlsFinding;
import io.sluice.net.tls.TlsFindings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The addresses clients reach. Bound last and closed first.
final class Listeners implements AutoCloseable {
    private static final Duration CERTIFICATE_WATCH = Duration.ofSeconds(10);

    /// How often a drain looks whether the last connection is gone and the next batch is to be told.
    private static final Duration DRAIN_STEP = Duration.ofMillis(20);

    private final NetParts net;
    private final Ticker ticker;
    private final RefusalListener refusals;
    private final HandshakeListener handshakes;
    private final List<Bound> bound = new ArrayList<>();

    private record Bound(Listener listener, @Nullable ServerTls tls) {}

    Listeners(NetParts net, Ticker ticker, RefusalListener refusals, HandshakeListener handshakes) {
        this.net = net;
        this.ticker = ticker;
        this.refusals = refusals;
        this.handshakes = handshakes;
    }

    /// Binds one address.
    ///
    /// @param key of the configuration that asks for it
    /// @throws StartFailure when the address is taken or the certificates cannot be used
    void bind(String key, ListenerConfig config, Handler handler) {
        ServerTls tls = config.tls().enabled() ? load(config) : null;
        Listener listener = net.listener(config, handler, refusals, tls);
        bound.add(new Bound(listener, tls));
        try {
            listener.bind();
        } catch (BindException taken) {
            bound.removeLast();
            throw new StartFailure(StartFailure.PORT_IN_USE, key + ": " + taken.getMessage());
        }
        if (tls != null) {
            tls.watch(CERTIFICATE_WATCH);
        }
    }

    private ServerTls load(ListenerConfig config) {
        TlsFindings findings = new TlsFindings();
        ServerTls tls = ServerTls.load(config.tls(), config.alpn(), ticker, handshakes, findings);
        if (tls == null) {
            throw new StartFailure(
                    StartFailure.CONFIGURATION,
                    findings.all().stream()
                            .map(TlsFinding::toString)
                            .collect(Collectors.joining(System.lineSeparator())));
        }
        return tls;
    }

    /// In the order they were bound, with their real ports.
    List<ListenAddress> addresses() {
        return bound.stream()
                .map(one -> new ListenAddress(one.listener.address(), one.listener.secured()))
                .toList();
    }

    /// Open client connections. Any thread.
    int connections() {
        int sum = 0;
        for (int i = 0; i < bound.size(); i++) {
            sum += bound.get(i).listener.connections();
        }
        return sum;
    }

    /// Stops accepting, tells connections to go, a batch each second, or more and faster where the first half of the time
    /// would not do, lets what is under way finish, and returns when the last connection is gone or the time is up.
    ///
    /// @param batch how many are told at once; 0 for all
    void drain(Duration limit, int batch) throws InterruptedException {
        List<Departures> leaving = bound.stream().map(one -> one.listener.stopAccepting()).toList();
        int left = leaving.stream().mapToInt(Departures::left).sum();
        DrainPace pace = DrainPace.of(left, batch, limit, DRAIN_STEP);
        long next = ticker.nanos();
        long deadline = next + limit.toNanos();
        while (connections() > 0 && ticker.nanos() - deadline < 0) {
            if (ticker.nanos() - next >= 0) {
                tell(leaving, pace.most());
                next += pace.stepNanos();
            }
            Pause.of(DRAIN_STEP);
        }
    }

    private static void tell(List<Departures> leaving, int most) {
        int told = 0;
        for (Departures some : leaving) {
            told += some.tell(most - told);
        }
    }

    /// Cuts every connection.
    @Override
    public void close() {
        for (Bound one : bound.reversed()) {
            one.listener.close();
            if (one.tls != null) {
                one.tls.close();
            }
        }
    }

    /// One address in use.
    record ListenAddress(InetSocketAddress address, boolean secured) {

        @Override
        public String toString() {
            boolean any = address.getAddress().isAnyLocalAddress();
            String host = any ? "0.0.0.0" : address.getAddress().getHostAddress();
            String shown = host.contains(":") ? "[" + host + "]" : host;
            return (secured ? "https://" : "http://") + shown + ":" + address.getPort();
        }
    }
}
