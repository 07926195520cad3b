package io.sluice.app.wiring;

import io.sluice.app.health.CheckConfig;
import io.sluice.app.health.HealthCheck;
import io.sluice.app.health.HealthConfig;
import io.sluice.net.dial.Origin;
import io.sluice.proxy.upstream.discovery.Endpoint;
import io.sluice.proxy.upstream.discovery.InstanceSpec;
import io.sluice.proxy.upstream.discovery.ServiceConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the checks of the health page look at, for those that name a service instead of an address.
final class HealthTargets {
    private HealthTargets() {}

    static Map<String, HealthCheck> of(GatewayConfig config) {
        boolean secure = config.services().backend().http().tls().enabled();
        Map<String, HealthCheck> checks = new LinkedHashMap<>();
        config.pages()
                .health()
                .checks()
                .forEach((name, check) -> {
                    List<String> instances = new ArrayList<>();
                    if (check.ofServices()) {
                        for (ServiceConfig service :
                                config.services().registry().staticServices().services()) {
                            if (HealthConfig.unnamed(name) || service.name().equals(name)) {
                                service.spec().instances().stream()
                                        .map(instance ->
                                                target(instance, check.type().asks() && !secure))
                                        .forEach(instances::add);
                            }
                        }
                    }
                    checks.put(name, new HealthCheck(check, instances));
                });
        return checks;
    }

    /// One that speaks TLS or only HTTP/2, or whose name no address of HTTP can hold, is connected to and asked nothing.
    private static String target(InstanceSpec instance, boolean asks) {
        Endpoint endpoint = instance.endpoint();
        String address =
                (endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host())
                        + ':'
                        + endpoint.port();
        boolean plain =
                endpoint.security() != Endpoint.Security.TLS
                        && endpoint.speaks() != Origin.Speaks.HTTP_2;
        String url = "http://" + address;
        return asks && plain && CheckConfig.isHttp(url) ? url : address;
    }
}
