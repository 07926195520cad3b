package io.sluice.app.wiring;

import io.sluice.app.metrics.ServiceGauges;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Handler;
import io.sluice.net.loop.Loops;
import io.sluice.proxy.attempt.AnswerPath;
import io.sluice.proxy.attempt.AttemptLanes;
import io.sluice.proxy.attempt.AttemptLimits;
import io.sluice.proxy.attempt.AttemptPlan;
import io.sluice.proxy.attempt.RetryPlans;
import io.sluice.proxy.forward.http.ForwardHandler;
import io.sluice.proxy.forward.http.HostRewrite;
import io.sluice.proxy.upstream.BackendMetrics;
import io.sluice.proxy.upstream.Service;
import io.sluice.proxy.upstream.balance.Balancers;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.Registry;
import io.sluice.proxy.upstream.discovery.ServiceConfig;
import io.sluice.proxy.upstream.discovery.ServiceHealthConfig;
import io.sluice.proxy.upstream.discovery.ServiceSpec;
import io.sluice.proxy.upstream.health.Breakers;
import io.sluice.proxy.upstream.health.DialProbe;
import io.sluice.proxy.upstream.health.HealthMonitor;
import io.sluice.proxy.upstream.pool.ConnectionPools;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The room `proxy`: services, their health, connection pools, breakers, and the handler of each rule. All but the
/// handlers live across reloads.
final class ProxyParts implements AutoCloseable {
    private final Ticker ticker;
    private final DemoParts demo;
    private final HealthMonitor monitor;
    private final Registry registry;
    private final Breakers breakers;
    private final RetryPlans retries;
    private final Balancers balancers;
    private final BackendMetrics meters;
    private final ConnectionPools pools;
    private final AttemptLanes lanes;
    private Origins origins;

    private ProxyParts(GatewayConfig config, NetParts net, DemoParts demo, Shared shared) {
        Loops loops = net.loops();
        this.ticker = shared.ticker();
        this.demo = demo;
        this.monitor = new HealthMonitor(shared.ticker(), new DialProbe(net.dialer(), loops.all()));
        this.registry = new Registry(monitor);
        this.breakers = new Breakers(shared.ticker());
        this.retries = new RetryPlans(shared.ticker());
        this.balancers = new Balancers(shared.ticker(), new SecureRandom());
        this.meters = new BackendMetrics(shared.metrics());
        this.pools =
                new ConnectionPools(
                        loops.count(),
                        net.dialer(),
                        config.services().backend().http().pool(),
                        meters);
        this.lanes = new AttemptLanes(loops.count(), pools);
        this.origins = new Origins(config.services().backend().http(), shared.ticker());
    }

    static ProxyParts start(GatewayConfig config, NetParts net, DemoParts demo, Shared shared) {
        ProxyParts proxy = new ProxyParts(config, net, demo, shared);
        ServiceGauges.register(shared.metrics().registry(), proxy.monitor, proxy.breakers);
        proxy.monitor.start();
        return proxy;
    }

    /// Puts the services of this configuration in force beside those that are; [#prune] ends the others.
    ///
    /// @throws RuntimeException when certificates cannot be used; then nothing was changed
    void apply(GatewayConfig config) {
        BackendConfig.Http backend = config.services().backend().http();
        Origins fitting = origins.fits(backend) ? origins : new Origins(backend, ticker);
        List<ServiceSpec> services = new ArrayList<>();
        for (ServiceConfig service : config.services().registry().staticServices().services()) {
            services.add(service.spec());
        }
        if (!demo.addresses().isEmpty()) {
            services.add(demoService(config.pages().demo().service()));
        }
        registry.apply(services, fitting);
        pools.limits(backend.pool());
        meters.countCalls(config.pages().metrics().enabled());
        origins = fitting;
    }

    /// Lets go of services no rule can reach any more.
    void prune() {
        registry.prune();
    }

    /// The handler of this rule. Its service was applied before.
    Handler forward(GatewayConfig config, RuleConfig rule, String routeId) {
        Service service = registry.service(rule.serviceName());
        if (service == null) {
            throw new IllegalArgumentException(
                    "rule " + routeId + ": there is no service '" + rule.serviceName() + "'");
        }
        return new ForwardHandler(
                new AttemptPlan(
                        service,
                        balancers.of(routeId, rule.balance(), service),
                        breakers.of(config.policy().circuitBreaker(), routeId, service.name()),
                        limits(config, rule),
                        retries.of(config.policy().retry(), routeId, service.name()),
                        rule.call().preserveHost() ? HostRewrite.PRESERVE : HostRewrite.INSTANCE,
                        AnswerPath.plain(),
                        lanes));
    }

    private static AttemptLimits limits(GatewayConfig config, RuleConfig rule) {
        Duration fallback = config.services().backend().http().clocks().responseHeaderTimeout();
        Duration whole = fallback.isZero() ? AttemptLimits.DEFAULT_TOTAL : fallback;
        RuleClocks clocks = rule.clocks();
        return new AttemptLimits(
                clocks.timeout() == null ? whole : clocks.timeout(),
                clocks.attemptTimeout(),
                clocks.idleTimeout(),
                config.policy().errors().timeoutStatus());
    }

    private ServiceSpec demoService(String name) {
        return new ServiceSpec(
                name,
                demo.addresses().stream().map(ProxyParts::demoInstance).toList(),
                ServiceHealthConfig.DEFAULT);
    }

    private static InstanceSpec demoInstance(DemoParts.Address address) {
        return new InstanceSpec(
                address.name(),
                Endpoint.of(DemoParts.LOOPBACK, address.port()),
                1,
                InstanceSpec.Mark.HEALTHY,
                List.of(),
                Map.of());
    }

    @Override
    public void close() {
        monitor.close();
    }
}
