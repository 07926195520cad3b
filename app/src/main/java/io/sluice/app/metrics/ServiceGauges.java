package io.sluice.app.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.sluice.proxy.upstream.health.Breakers;
import io.sluice.proxy.upstream.health.CircuitBreaker;
import io.sluice.proxy.upstream.health.HealthMonitor;
import io.sluice.proxy.upstream.health.HealthState;
import io.sluice.proxy.upstream.health.ServiceReport;
import io.sluice.proxy.upstream.health.ServiceReport.InstanceReport;

/// The metrics of services, their instances and circuit breakers, read when the page is asked for and at no other time.
public final class ServiceGauges {
    private final PrometheusRegistry registry;
    private final HealthMonitor health;

    private ServiceGauges(PrometheusRegistry registry, HealthMonitor health) {
        this.registry = registry;
        this.health = health;
    }

    /// Registers all of them; once per registry.
    public static void register(
            PrometheusRegistry registry, HealthMonitor health, Breakers breakers) {
        ServiceGauges gauges = new ServiceGauges(registry, health);
        gauges.instances();
        gauges.calls();
        gauges.checks();
        gauges.ejections();
        gauges.breakers(breakers);
    }

    private void instances() {
        GaugeWithCallback.builder()
                .name("gateway_service_instances")
                .help("Instances of a service by health.")
                .labelNames("service", "health")
                .callback(callback -> {
                    for (ServiceReport service : health.reports()) {
                        for (HealthState state : HealthState.values()) {
                            callback.call(count(service, state), service.service(), state.label());
                        }
                    }
                })
                .register(registry);
    }

    private static double count(ServiceReport service, HealthState state) {
        return service.instances().stream().filter(one -> one.health() == state).count();
    }

    private void calls() {
        GaugeWithCallback.builder()
                .name("gateway_backend_requests_active")
                .help("Calls under way to an instance.")
                .labelNames("service", "instance")
                .callback(callback ->
                        each((service, instance) ->
                                callback.call(instance.active(), service, instance.id())))
                .register(registry);
    }

    private void checks() {
        CounterWithCallback.builder()
                .name("gateway_health_check_runs_total")
                .help("Active health checks by result.")
                .labelNames("service", "instance", "result")
                .callback(callback ->
                        each((service, instance) -> {
                            callback.call(
                                    (double) instance.checks().passed(),
                                    service,
                                    instance.id(),
                                    "passed");
                            callback.call(
                                    (double) instance.checks().failed(),
                                    service,
                                    instance.id(),
                                    "failed");
                        }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("gateway_health_check_status")
                .help("1 when an instance is well, 0 when it is not.")
                .labelNames("service", "instance")
                .callback(callback ->
                        each((service, instance) ->
                                callback.call(
                                        instance.health() == HealthState.HEALTHY ? 1 : 0,
                                        service,
                                        instance.id())))
                .register(registry);
    }

    private void ejections() {
        CounterWithCallback.builder()
                .name("gateway_instance_ejections_total")
                .help("How often an instance was left out after failed calls.")
                .labelNames("service", "instance")
                .callback(callback ->
                        each((service, instance) ->
                                callback.call(
                                        (double) instance.ejections(), service, instance.id())))
                .register(registry);
    }

    private void breakers(Breakers breakers) {
        GaugeWithCallback.builder()
                .name("gateway_circuit_breaker_state")
                .help("State of a circuit breaker: 0 closed, 1 open, 2 half-open.")
                .labelNames("breaker")
                .callback(callback ->
                        breakers.all()
                                .forEach((name, breaker) ->
                                        callback.call(code(breaker.state()), name)))
                .register(registry);
        CounterWithCallback.builder()
                .name("gateway_circuit_breaker_opened_total")
                .help("How often a circuit breaker opened.")
                .labelNames("breaker")
                .callback(callback ->
                        breakers.all()
                                .forEach((name, breaker) ->
                                        callback.call((double) breaker.opened(), name)))
                .register(registry);
    }

    private static int code(CircuitBreaker.State state) {
        return switch (state) {
            case CLOSED -> 0;
            case OPEN -> 1;
            case HALF_OPEN -> 2;
        };
    }

    private interface InstanceVisit {
        void see(String service, InstanceReport instance);
    }

    private void each(InstanceVisit visit) {
        for (ServiceReport service : health.reports()) {
            for (InstanceReport instance : service.instances()) {
                visit.see(service.service(), instance);
            }
        }
    }
}
