package io.sluice.app.wiring;

import io.sluice.app.metrics.ServiceGauges;
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
import io.sluice.proxy.upstream.discovery.Registry;
import io.sluice.proxy.upstream.health.Breakers;
import io.sluice.proxy.upstream.health.DialProbe;
import io.sluice.proxy.upstream.health.HealthMonitor;
import io.sluice.proxy.upstream.pool.ConnectionPools;
import java.security.SecureRandom;
import java.time.Duration;

/// The room `proxy`: services, their health, connection pools, breakers, and the handler of each rule. All but the
/// handlers live across reloads.
final class ProxyParts implements AutoCloseable {
    private final HealthMonitor monitor;
    private final ServiceParts services;
    private final Breakers breakers;
    private final RetryPlans retries;
    private final Balancers balancers;
    private final BackendMetrics meters;
    private final ConnectionPools pools;
    private final AttemptLanes lanes;

    private ProxyParts(GatewayConfig config, NetParts net, DemoParts demo, Shared shared) {
        Loops loops = net.loops();
        this.monitor = new HealthMonitor(shared.ticker(), new DialProbe(net.dialer(), loops.all()));
        this.services = new ServiceParts(config, demo, new Registry(monitor), shared);
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
    }

    static ProxyParts start(GatewayConfig config, NetParts net, DemoParts demo, Shared shared) {
        ProxyParts proxy = new ProxyParts(config, net, demo, shared);
        ServiceGauges.register(shared.metrics().registry(), proxy.monitor, proxy.breakers);
        proxy.monitor.start();
        return proxy;
    }

    /// Works out the services, breakers and limits of this configuration.
    ///
    /// @throws RuntimeException when certificates cannot be used; then nothing was changed
    Next prepare(GatewayConfig config) {
        return new Next(config, services.prepare(config));
    }

    /// The room as it is going to be.
    final class Next implements Prepared {
        private final GatewayConfig config;
        private final ServiceParts.Next nextServices;

        private Next(GatewayConfig config, ServiceParts.Next nextServices) {
            this.config = config;
            this.nextServices = nextServices;
        }

        /// The handler of this rule.
        Handler forward(RuleConfig rule, String routeId) {
            Service service = nextServices.service(rule.serviceName());
            if (service == null) {
                throw new IllegalArgumentException(
                        "rule " + routeId + ": there is no service '" + rule.serviceName() + "'");
            }
            return ProxyParts.this.forward(config, rule, routeId, service);
        }

        @Override
        public void commit() {
            nextServices.commit();
            pools.limits(config.services().backend().http().pool());
            meters.countCalls(config.pages().metrics().enabled());
            balancers.commit();
            breakers.commit();
            retries.commit();
        }

        @Override
        public void abandon() {
            nextServices.abandon();
            balancers.abandon();
            breakers.abandon();
            retries.abandon();
        }

        @Override
        public void settle() {
            nextServices.settle();
        }
    }

    private Handler forward(
            GatewayConfig config, RuleConfig rule, String routeId, Service service) {
        return new ForwardHandler(
                new AttemptPlan(
                        service,
                        balancers.of(
                                routeId,
                                rule.balance().orElse(config.router().defaultLoadBalance()),
                                service),
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

    @Override
    public void close() {
        services.close();
        monitor.close();
    }
}
