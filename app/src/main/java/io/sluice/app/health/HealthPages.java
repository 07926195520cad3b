package io.sluice.app.health;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.json.JsonText;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Method;
import io.sluice.net.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// The health, ready and live pages. One health body serves the readers of every system the gateway replaces: `ok`
/// and `data.status`, `status` with `checks`, `connections` and `users`.
public final class HealthPages {

    /// What the pages report about.
    ///
    /// @param checks results by name, read at each request
    /// @param connections open client connections
    /// @param users distinct users with a live connection
    public record Sources(
            String version,
            String serviceId,
            Readiness readiness,
            Supplier<Map<String, CheckResult>> checks,
            IntSupplier connections,
            IntSupplier users,
            Ticker ticker) {}

    private static final String JSON = "application/json; charset=utf-8";

    private final Sources sources;

    public HealthPages(Sources sources) {
        this.sources = sources;
    }

    /// 200 while ready and no check fails, else 503.
    public Handler health() {
        return exchange -> {
            Map<String, CheckResult> checks = sources.checks().get();
            boolean well = isWell(checks);
            answer(exchange, well ? 200 : 503, healthBody(well, checks));
        };
    }

    /// As [#health], with `ok` and `data.status` alone; 404 for any other method than GET and HEAD.
    public Handler brief() {
        return exchange -> {
            Method method = exchange.request().method();
            if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
                boolean well = isWell(sources.checks().get());
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("ok", well);
                body.put("data", Map.of("status", well ? "ok" : "error"));
                answer(exchange, well ? 200 : 503, body);
            } else {
                exchange.fail(Failure.of(FailureKind.NOT_FOUND, "Nothing is served at this path."));
            }
            exchange.requestBody().discard();
        };
    }

    private boolean isWell(Map<String, CheckResult> checks) {
        return isReady() && checks.values().stream().noneMatch(HealthPages::failed);
    }

    /// 200 from the moment all listeners are bound until the gateway drains, else 503.
    public Handler ready() {
        return exchange -> answer(exchange, isReady() ? 200 : 503, stamped("ready", isReady()));
    }

    /// Always 200: a process that answers at all is alive.
    public Handler live() {
        return exchange -> answer(exchange, 200, stamped("status", "ok"));
    }

    private boolean isReady() {
        return sources.readiness().stage() == Readiness.Stage.READY;
    }

    private static boolean failed(CheckResult result) {
        return result.status() == CheckResult.Status.UNHEALTHY;
    }

    private Map<String, Object> healthBody(boolean well, Map<String, CheckResult> checks) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("ok", well);
        body.put("status", status(well, checks));
        body.put("data", Map.of("status", well ? "ok" : "error"));
        body.put("connections", sources.connections().getAsInt());
        body.put("users", sources.users().getAsInt());
        body.put("timestamp", sources.ticker().now().toString());
        body.put("version", sources.version());
        body.put("service_id", sources.serviceId());
        Map<String, Object> parts = new LinkedHashMap<>();
        checks.forEach((name, result) -> parts.put(name, checkBody(result)));
        body.put("checks", parts);
        return body;
    }

    private String status(boolean well, Map<String, CheckResult> checks) {
        return switch (sources.readiness().stage()) {
            case STARTING -> "starting";
            case READY -> well ? wellStatus(checks) : "unhealthy";
            case DRAINING -> "draining";
        };
    }

    private static String wellStatus(Map<String, CheckResult> checks) {
        boolean degraded =
                checks.values().stream()
                        .anyMatch(result -> result.status() == CheckResult.Status.DEGRADED);
        return degraded ? "degraded" : "healthy";
    }

    private static Map<String, Object> checkBody(CheckResult result) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", result.status().text());
        if (result.error() != null) {
            body.put("error", result.error());
        }
        body.put("duration", result.duration().toNanos());
        return body;
    }

    private Map<String, Object> stamped(String key, Object value) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(key, value);
        body.put("timestamp", sources.ticker().now().toString());
        return body;
    }

    private static void answer(Exchange exchange, int status, Map<String, Object> body) {
        exchange.answer(
                Response.of(status, JSON, JsonText.of(body))
                        .with(HeaderName.CACHE_CONTROL, "no-store"));
    }
}
