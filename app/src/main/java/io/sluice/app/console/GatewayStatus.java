package io.sluice.app.console;

import java.util.List;

/// What the start page says about the running gateway.
///
/// @param stage `starting`, `ready` or `draining`
/// @param uptimeSeconds since the process started
/// @param connections open client connections
/// @param instances of the demo service
/// @param pages paths of the gateway's own pages
public record GatewayStatus(
        String stage,
        double uptimeSeconds,
        int connections,
        Engine engine,
        List<RouteLine> routes,
        List<InstanceLine> instances,
        List<String> pages) {

    public GatewayStatus {
        routes = List.copyOf(routes);
        instances = List.copyOf(instances);
        pages = List.copyOf(pages);
    }

    /// What does not change while the process lives.
    public record Engine(String version, String transport, int loops) {}

    /// One route in words.
    ///
    /// @param methods separated by blanks, or `any`
    /// @param target name of a service or page
    public record RouteLine(String id, String path, String methods, String target) {}

    /// One instance of the demo service.
    public record InstanceLine(String name, long hits) {}
}
