package io.sluice.app.wiring;

import java.util.List;

/// One route in words, as `sluice routes` prints it.
///
/// @param methods empty for any
/// @param hosts empty for any
/// @param service name of the service, or of the page of the gateway itself
/// @param balance name as in the configuration, `-` for a page
public record RouteRow(
        String id,
        List<String> methods,
        List<String> hosts,
        String path,
        String service,
        String balance) {

    public RouteRow {
        methods = List.copyOf(methods);
        hosts = List.copyOf(hosts);
    }
}
