package io.sluice.app.wiring;

import io.sluice.core.life.Swap;
import io.sluice.edge.filter.Edge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns a configuration into the snapshot requests meet, and swaps it in. Listeners and connections are not touched.
final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final EdgeParts edge;
    private final ProxyParts proxy;
    private final PageParts pages;
    private final Swap<Edge> inForce;
    private GatewayConfig config;
    private EdgeParts.Compiled compiled;

    /// Compiles the first snapshot.
    ///
    /// @throws RuntimeException when it cannot be compiled
    Snapshots(GatewayConfig first, EdgeParts edge, ProxyParts proxy, PageParts pages) {
        this.edge = edge;
        this.proxy = proxy;
        this.pages = pages;
        this.config = first;
        this.compiled = compile(first, edge, proxy, pages);
        this.inForce = new Swap<>(compiled.edge());
    }

    /// What is in force; for listeners.
    Swap<Edge> inForce() {
        return inForce;
    }

    /// Puts another configuration in force.
    ///
    /// @throws RuntimeException when it cannot be compiled; then routes and filters are as before
    void next(GatewayConfig next) {
        EdgeParts.Compiled fresh = compile(next, edge, proxy, pages);
        inForce.set(fresh.edge());
        proxy.prune();
        compiled.gate().close();
        compiled = fresh;
        tellWhatNeedsARestart(config, next);
        config = next;
    }

    private static EdgeParts.Compiled compile(
            GatewayConfig config, EdgeParts edge, ProxyParts proxy, PageParts pages) {
        proxy.apply(config);
        EdgeParts.Compiled compiled =
                edge.compile(
                        config,
                        (rule, id) -> proxy.forward(config, rule, id),
                        pages.routes(config));
        pages.check(config.pages().health().checks());
        return compiled;
    }

    private static void tellWhatNeedsARestart(GatewayConfig before, GatewayConfig after) {
        boolean sameListeners =
                before.frontend().http().listener().equals(after.frontend().http().listener())
                        && before.listeners().equals(after.listeners());
        if (!sameListeners
                || !before.runtime().equals(after.runtime())
                || !before.messages().equals(after.messages())
                || !before.pages().demo().equals(after.pages().demo())) {
            LOG.atWarn()
                    .log(
                            "Changes of listeners, loops, transport, realtime, bus or the demo take effect at the next start");
        }
    }

    @Override
    public void close() {
        compiled.gate().close();
    }
}
