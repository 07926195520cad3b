package io.sluice.app.wiring;

import io.sluice.app.metrics.HandshakeCounts;
import io.sluice.app.metrics.RefusalCounts;
import io.sluice.app.wiring.Listeners.ListenAddress;
import io.sluice.core.config.Loaded;
import io.sluice.core.time.Pause;
import io.sluice.edge.filter.Front;
import io.sluice.net.http.Handler;
import io.sluice.net.listen.ListenerConfig;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The running gateway: everything that was started, in the order it was started.
public final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Shared shared = Shared.create();
    private final Started started;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final RuntimeConfig runtime;
    private final Listeners listeners;
    private final Reloads reloads;

    private Gateway(GatewayConfig config, ConfigOrigin origin, Started started) {
        this.started = started;
        runtime = config.runtime();
        NetParts net = started.add(NetParts.start(runtime, keepAlive(config), shared.ticker()));
        DemoParts demo = started.add(DemoParts.start(config.pages().demo(), net));
        ProxyParts proxy = started.add(ProxyParts.start(config, net, demo, shared));
        EdgeParts edge = started.add(new EdgeParts(net.loops().count(), shared));
        listeners =
                new Listeners(
                        net,
                        shared.ticker(),
                        new RefusalCounts(shared.metrics()),
                        new HandshakeCounts(shared.metrics()));
        RealtimeParts realtime =
                started.add(
                        RealtimeParts.start(
                                config.messages(),
                                net.loops(),
                                shared,
                                config.pages().demo().enabled()));
        PageParts pages =
                started.add(
                        PageParts.start(
                                config.pages().metrics(),
                                shared,
                                net.loops(),
                                demo,
                                realtime,
                                listeners::connections));
        Snapshots snapshots = new Snapshots(config, edge, proxy, pages);
        started.add(listeners);
        bind(config, new Front(edge.inForce()), pages);
        reloads = new Reloads(origin, shared.metrics(), snapshots::next);
        shared.readiness().ready();
        if (origin.file() != null) {
            started.add(ConfigWatch.start(origin.file(), this::reload));
        }
        StartLines.print(config, pages.engine(), listeners.addresses(), shared.process());
    }

    /// Starts listening and returns once the gateway is ready. Obeys no signals and watches no file yet.
    ///
    /// @throws StartFailure when the configuration has mistakes or an address is taken; nothing is left open
    public static Gateway start(StartOptions options) {
        ConfigOrigin origin = ConfigOrigin.of(options, System.getenv());
        Loaded<GatewayConfig> loaded = origin.read();
        GatewayConfig config = loaded.value();
        if (config == null) {
            throw StartFailure.of(loaded.complaints());
        }
        Reloads.report(loaded);
        Started started = new Started();
        try {
            return new Gateway(config, origin, started);
        } catch (IllegalArgumentException | UncheckedIOException unusable) {
            started.close();
            throw new StartFailure(
                    StartFailure.CONFIGURATION, String.valueOf(unusable.getMessage()));
        } catch (RuntimeException refused) {
            started.close();
            throw refused;
        }
    }

    private static Duration keepAlive(GatewayConfig config) {
        return config.services().backend().http().clocks().keepAliveTimeout();
    }

    private void bind(GatewayConfig config, Handler front, PageParts pages) {
        List<ListenerConfig> wanted = config.everyListener().toList();
        listeners.bind(GatewayConfig.ROOT + ".frontend.http", wanted.getFirst(), front);
        for (int i = 1; i < wanted.size(); i++) {
            listeners.bind(
                    GatewayConfig.ROOT + ".listeners[" + (i - 1) + "]", wanted.get(i), front);
        }
        bindMetrics(config, pages);
    }

    /// The metrics page on a port of its own, if wanted: in the clear, nothing else on it.
    private void bindMetrics(GatewayConfig config, PageParts pages) {
        MetricsPlace place = pages.metricsPlace();
        if (place.ownPort() > 0) {
            ListenerConfig main = config.frontend().http().listener();
            listeners.bind(
                    GatewayConfig.ROOT + ".metrics.port",
                    DemoParts.plain(main.host(), place.ownPort()),
                    place);
        }
    }

    /// The process does what signals ask for from now on: SIGTERM and SIGINT drain, a second one ends it at once, SIGHUP
    /// reloads; and a changed file is reloaded.
    public Gateway obeySignals() {
        Signals.install(this::drain, this::reload);
        return this;
    }

    /// Reads the configuration again. Connections and listeners are not touched.
    ///
    /// @return whether the new one is in force; if not, the old one is
    public boolean reload() {
        return reloads.reload();
    }

    /// Addresses in use, in the order of the configuration, with their real ports.
    public List<InetSocketAddress> addresses() {
        return listeners.addresses().stream().map(ListenAddress::address).toList();
    }

    /// Ready says 503 from now on; after the pre-stop delay nothing new is accepted, what is under way may finish until
    /// the shutdown timeout, then everything is stopped. Returns when it is. A second call waits for the first.
    public void drain() {
        if (ending.compareAndSet(false, true)) {
            try {
                shared.readiness().draining();
                LOG.atInfo().log("Draining");
                Pause.of(runtime.preStopDelay());
                listeners.drain(runtime.shutdownTimeout(), runtime.drainBatch());
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            } finally {
                stop();
            }
        } else {
            awaitQuietly();
        }
    }

    /// Stops at once; what is under way is cut.
    @Override
    public void close() {
        if (ending.compareAndSet(false, true)) {
            shared.readiness().draining();
            stop();
        } else {
            awaitQuietly();
        }
    }

    private void stop() {
        started.close();
        LOG.atInfo().log("Stopped");
        ended.countDown();
    }

    /// Waits until the gateway has drained and stopped, which SIGTERM and SIGINT ask for.
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void awaitQuietly() {
        try {
            ended.await();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
