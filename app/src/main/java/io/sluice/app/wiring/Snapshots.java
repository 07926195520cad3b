package io.sluice.app.wiring;

import io.sluice.core.life.Swap;
import io.sluice.edge.filter.Edge;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns a configuration into the snapshot requests meet, and swaps it in. Listeners and connections are not touched.
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final EdgeParts edge;
    private final ProxyParts proxy;
    private final PageParts pages;
    private @Nullable Swap<Edge> inForce;
    private @Nullable GatewayConfig current;

    Snapshots(EdgeParts edge, ProxyParts proxy, PageParts pages) {
        this.edge = edge;
        this.proxy = proxy;
        this.pages = pages;
    }

    /// The first snapshot; listeners read what is in the swap.
    Swap<Edge> first(GatewayConfig config) {
        Swap<Edge> swap = new Swap<>(compile(config));
        inForce = swap;
        current = config;
        return swap;
    }

    /// Puts another configuration in force.
    ///
    /// @throws RuntimeException when it cannot be compiled; then routes and filters are as before
    void next(GatewayConfig config) {
        Swap<Edge> swap = inForce;
        GatewayConfig before = current;
        if (swap == null || before == null) {
            throw new IllegalStateException("no snapshot yet");
        }
        swap.set(compile(config));
        proxy.prune();
        current = config;
        tellWhatNeedsARestart(before, config);
    }

    private Edge compile(GatewayConfig config) {
        proxy.apply(config);
        Edge compiled =
                edge.compile(
                        config,
                        (rule, id) -> proxy.forward(config, rule, id),
                        pages.routes(config));
        pages.check(config.pages().health().checks());
        return compiled;
    }

    private static void tellWhatNeedsARestart(GatewayConfig before, GatewayConfig after) {
        boolean sameListeners =
                before.frontend().equals(after.frontend())
                        && before.listeners().equals(after.listeners());
        if (!sameListeners
                || !before.runtime().equals(after.runtime())
                || !before.pages().demo().equals(after.pages().demo())) {
            LOG.atWarn()
                    .log(
                            "Changes of listeners, loops, transport or the demo take effect at the next start");
        }
    }
}
