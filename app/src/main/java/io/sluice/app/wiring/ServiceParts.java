package io.sluice.app.wiring;

import io.sluice.core.time.Ticker;
import io.sluice.proxy.upstream.Service;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.Registry;
import io.sluice.proxy.upstream.discovery.ServiceConfig;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import io.sluice.proxy.upstream.discovery.ServiceSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The services rules can name: those of the configuration, the demo's, and those that sources find. One change at a
/// time: from [#prepare] to [Next#settle] or [Next#abandon] a source that finds something waits.
final class ServiceParts implements AutoCloseable {
    private final Ticker ticker;
    private final DemoParts demo;
    private final Registry registry;
    private final Discoveries discoveries;
    private final ReentrantLock changes = new ReentrantLock();
    private Basis basis;

    /// What the configuration in force adds to what sources find.
    private record Basis(Origins origins, List<ServiceSpec> listed, Set<String> named) {}

    ServiceParts(GatewayConfig first, DemoParts demo, Registry registry, Shared shared) {
        this.ticker = shared.ticker();
        this.demo = demo;
        this.registry = registry;
        this.discoveries = new Discoveries(Builtins.discoveries(), shared.metrics(), this::found);
        this.basis =
                new Basis(
                        new Origins(first.services().backend().http(), ticker),
                        List.of(),
                        Set.of());
    }

    /// Works out the services of this configuration; sources that are new start to look.
    ///
    /// @throws RuntimeException when certificates or the settings of a source cannot be used; then nothing was changed
    Next prepare(GatewayConfig config) {
        changes.lock();
        try {
            Discoveries.Next sources =
                    discoveries.prepare(config.services().registry().discovery());
            try {
                BackendConfig.Http backend = config.services().backend().http();
                Origins fitting =
                        basis.origins().fits(backend)
                                ? basis.origins()
                                : new Origins(backend, ticker);
                List<ServiceSpec> nextListed = listed(config);
                Set<String> nextNamed = named(config);
                List<ServiceSpec> found = sources.found();
                Registry.Plan plan = registry.prepare(all(nextListed, found, nextNamed), fitting);
                return new Next(sources, plan, new Basis(fitting, nextListed, nextNamed), found);
            } catch (RuntimeException unusable) {
                sources.abandon();
                throw unusable;
            }
        } catch (RuntimeException unusable) {
            changes.unlock();
            throw unusable;
        }
    }

    /// The services as they are going to be.
    final class Next implements Prepared {
        private final Discoveries.Next sources;
        private final Registry.Plan plan;
        private final Basis nextBasis;
        private final List<ServiceSpec> planned;

        private Next(
                Discoveries.Next sources,
                Registry.Plan plan,
                Basis nextBasis,
                List<ServiceSpec> planned) {
            this.sources = sources;
            this.plan = plan;
            this.nextBasis = nextBasis;
            this.planned = planned;
        }

        @Nullable Service service(String name) {
            return plan.service(name);
        }

        @Override
        public void commit() {
            sources.commit();
            plan.commit();
            basis = nextBasis;
        }

        @Override
        public void abandon() {
            sources.abandon();
            plan.abandon();
            changes.unlock();
        }

        @Override
        public void settle() {
            registry.prune();
            changes.unlock();
            if (!sources.found().equals(planned)) {
                found();
            }
        }
    }

    /// A source found something else than before.
    private void found() {
        changes.lock();
        try {
            registry.prepare(
                            all(basis.listed(), discoveries.found(), basis.named()),
                            basis.origins())
                    .commit();
            registry.prune();
        } finally {
            changes.unlock();
        }
    }

    private List<ServiceSpec> listed(GatewayConfig config) {
        List<ServiceSpec> services = new ArrayList<>();
        for (ServiceConfig service : config.services().registry().staticServices().services()) {
            services.add(service.spec());
        }
        if (!demo.addresses().isEmpty()) {
            services.add(demoService(config.pages().demo().service()));
        }
        return List.copyOf(services);
    }

    /// With sources a rule may name a service before it is found.
    private static Set<String> named(GatewayConfig config) {
        Set<String> names = new HashSet<>();
        if (!config.services().registry().discovery().isEmpty()) {
            config.router().rules().forEach(rule -> names.add(rule.serviceName()));
        }
        return Set.copyOf(names);
    }

    /// The first of a name wins; a service that is only named has no instances yet.
    private static Collection<ServiceSpec> all(
            List<ServiceSpec> listed, List<ServiceSpec> found, Set<String> named) {
        List<ServiceSpec> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (List<ServiceSpec> some : List.of(listed, found)) {
            for (ServiceSpec service : some) {
                if (names.add(service.name())) {
                    all.add(service);
                }
            }
        }
        for (String name : named) {
            if (names.add(name)) {
                all.add(new ServiceSpec(name, List.of(), ServiceHealthConfig.DEFAULT));
            }
        }
        return all;
    }

    private ServiceSpec demoService(String name) {
        return new ServiceSpec(
                name,
                demo.addresses().stream().map(ServiceParts::demoInstance).toList(),
                ServiceHealthConfig.DEFAULT);
    }

    private static InstanceSpec demoInstance(DemoParts.Address address) {
        return new InstanceSpec(
                address.name(),
                Endpoint.of(DemoParts.LOOPBACK, address.port()).inTheClear(),
                1,
                InstanceSpec.Mark.HEALTHY,
                List.of(),
                Map.of());
    }

    @Override
    public void close() {
        discoveries.close();
    }
}
