package io.sluice.app.wiring;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts configurations in force, each whole or not at all: every part prepares what it is going to be, and only when all
/// could is anything changed. Listeners and connections are not touched.
final class Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final EdgeParts edge;
    private final ProxyParts proxy;
    private final PageParts pages;
    private GatewayConfig config;

    /// Puts the first configuration in force.
    ///
    /// @throws RuntimeException when it cannot be
    Snapshots(GatewayConfig first, EdgeParts edge, ProxyParts proxy, PageParts pages) {
        this.edge = edge;
        this.proxy = proxy;
        this.pages = pages;
        this.config = first;
        apply(first);
    }

    /// Puts another configuration in force.
    ///
    /// @throws RuntimeException when it cannot be; then everything is as before
    void next(GatewayConfig next) {
        apply(next);
        tellWhatNeedsARestart(config, next);
        config = next;
    }

    private void apply(GatewayConfig next) {
        List<Prepared> parts = prepare(next);
        parts.forEach(Prepared::commit);
        parts.forEach(Prepared::settle);
    }

    /// Services first, so that no route in force names one that is not.
    private List<Prepared> prepare(GatewayConfig next) {
        List<Prepared> parts = new ArrayList<>();
        try {
            ProxyParts.Next services = proxy.prepare(next);
            parts.add(services);
            parts.add(edge.prepare(next, services::forward, pages.routes(next)));
            parts.add(pages.prepare(HealthTargets.of(next), next.pages().metrics()));
            return parts;
        } catch (RuntimeException unusable) {
            parts.reversed().forEach(Prepared::abandon);
            throw unusable;
        }
    }

    private static void tellWhatNeedsARestart(GatewayConfig before, GatewayConfig after) {
        List<String> changes = NextStart.changes(before, after);
        if (!changes.isEmpty()) {
            LOG.atWarn()
                    .log("Changes of {} take effect at the next start", String.join(", ", changes));
        }
    }
}
