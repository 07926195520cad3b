package io.sluice.app.wiring;

import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import io.sluice.proxy.upstream.discovery.Discovery;
import io.sluice.proxy.upstream.discovery.DiscoveryFactory;
import io.sluice.proxy.upstream.discovery.DiscoveryListener;
import io.sluice.proxy.upstream.discovery.ServiceSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sources of services that are looking, by id. One whose settings stay the same looks on across reloads. Not
/// thread-safe but for what the sources tell: whoever prepares and commits does so one at a time.
final class Discoveries implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Discoveries.class);

    private final List<DiscoveryFactory> factories;
    private final Counters updates;
    private final Runnable changed;
    private volatile Map<String, Source> inForce = Map.of();

    /// @param changed runs when a source in force found something else, on its thread
    Discoveries(List<DiscoveryFactory> factories, Metrics metrics, Runnable changed) {
        this.factories = factories;
        this.updates =
                metrics.counters(
                        "gateway_discovery_updates_total",
                        "Times a source of services told what it found.",
                        "discovery",
                        "result");
        this.changed = changed;
    }

    /// What the sources in force found last, in alphabetical order of their ids.
    List<ServiceSpec> found() {
        return found(inForce);
    }

    private static List<ServiceSpec> found(Map<String, Source> sources) {
        List<ServiceSpec> all = new ArrayList<>();
        sources.values().forEach(source -> all.addAll(source.latest));
        return all;
    }

    /// Starts the sources that are new or have other settings.
    ///
    /// @throws RuntimeException when one cannot be started; then none was
    Next prepare(Map<String, Map<String, String>> wanted) {
        Next next = new Next();
        try {
            new TreeMap<>(wanted)
                    .forEach((id, settings) -> next.sources.put(id, source(id, settings)));
            return next;
        } catch (RuntimeException unusable) {
            next.abandon();
            throw unusable;
        }
    }

    private Source source(String id, Map<String, String> settings) {
        Source running = inForce.get(id);
        return running != null && running.settings.equals(settings)
                ? running
                : new Source(id, settings).open(factory(id));
    }

    private DiscoveryFactory factory(String id) {
        return factories.stream()
                .filter(factory -> factory.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "registry.discovery: there is no source '" + id + "'"));
    }

    /// The sources as they are going to be.
    final class Next {
        private final Map<String, Source> sources = new LinkedHashMap<>();

        List<ServiceSpec> found() {
            return Discoveries.found(sources);
        }

        void commit() {
            Map<String, Source> before = inForce;
            inForce = sources;
            before.values().stream()
                    .filter(source -> !sources.containsValue(source))
                    .forEach(Source::close);
        }

        void abandon() {
            sources.values().stream()
                    .filter(source -> !inForce.containsValue(source))
                    .forEach(Source::close);
        }
    }

    /// One source. Compared by identity.
    private final class Source implements DiscoveryListener {
        private final String id;
        private final Map<String, String> settings;
        private volatile List<ServiceSpec> latest = List.of();
        private @Nullable Discovery looking;

        Source(String id, Map<String, String> settings) {
            this.id = id;
            this.settings = settings;
        }

        Source open(DiscoveryFactory factory) {
            looking = factory.open(settings, this);
            return this;
        }

        @Override
        public void found(Collection<ServiceSpec> services) {
            latest = List.copyOf(services);
            if (!inForce.containsValue(this)) {
                return;
            }
            try {
                changed.run();
                updates.of(id, "success").inc();
            } catch (RuntimeException unusable) {
                updates.of(id, "failure").inc();
                LOG.atWarn()
                        .addKeyValue("discovery", id)
                        .addKeyValue("cause", String.valueOf(unusable.getMessage()))
                        .log("What a source found cannot be used, the old services stay");
            }
        }

        void close() {
            if (looking != null) {
                looking.close();
            }
        }
    }

    @Override
    public void close() {
        Map<String, Source> before = inForce;
        inForce = Map.of();
        before.values().forEach(Source::close);
    }
}
