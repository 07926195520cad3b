package io.sluice.edge.filter.access;

import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Histograms;
import io.sluice.core.telemetry.Level;
import io.sluice.core.telemetry.Metrics;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Ending;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.RouteMatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts and times every request under the id of its route, so that the number of series follows the configuration and
/// never what clients send: unknown methods are `OTHER`, requests without a route are `unmatched`.
public final class HttpMeters implements Filter {
    static final String UNMATCHED = "unmatched";

    private static final List<Double> SECONDS =
            List.of(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1.0, 2.5, 5.0, 10.0, 30.0);
    private static final List<Double> BYTES =
            List.of(256.0, 1024.0, 4096.0, 16384.0, 65536.0, 262144.0, 1048576.0, 16777216.0);

    final Counters requests;
    final Histograms durations;
    final Histograms requestSizes;
    final Histograms responseSizes;
    private final Level active;
    private final Map<String, RouteMeters> routes = new ConcurrentHashMap<>();
    private final RouteMeters unmatched;
    private final Exchange.EndListener end = this::ended;

    public HttpMeters(Metrics metrics) {
        requests =
                metrics.counters(
                        "gateway_http_requests_total",
                        "Requests answered.",
                        "method",
                        "path",
                        "status");
        durations =
                metrics.histograms(
                        "gateway_http_request_duration_seconds",
                        "From the first byte of the request to the end of the answer.",
                        SECONDS,
                        "method",
                        "path");
        requestSizes =
                metrics.histograms(
                        "gateway_http_request_size_bytes",
                        "Size of request bodies.",
                        BYTES,
                        "method",
                        "path");
        responseSizes =
                metrics.histograms(
                        "gateway_http_response_size_bytes",
                        "Size of answer bodies.",
                        BYTES,
                        "method",
                        "path");
        active = metrics.gauges("gateway_http_requests_active", "Requests in flight.").of();
        unmatched = new RouteMeters(this, UNMATCHED);
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Step apply(Exchange exchange) {
        active.inc();
        exchange.onEnd(end);
        return Step.next();
    }

    private void ended(Exchange exchange, Ending ending) {
        active.dec();
        RouteMatch route = exchange.route();
        RouteMeters meters = route == null ? unmatched : of(route.routeId());
        long nanos = exchange.loop().ticker().nanos() - exchange.startNanos();
        meters.of(exchange.request().method())
                .record(
                        AccessLines.status(exchange),
                        nanos,
                        exchange.bytesIn(),
                        exchange.bytesOut());
    }

    private RouteMeters of(String routeId) {
        RouteMeters meters = routes.get(routeId);
        return meters != null
                ? meters
                : routes.computeIfAbsent(routeId, id -> new RouteMeters(this, id));
    }
}
