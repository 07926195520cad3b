package io.sluice.app.console;

import io.sluice.core.json.JsonText;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The start page: HTML rendered anew for each request, so that it reads without a script, or the same facts as JSON
/// when `Accept` asks for that.
public final class StartPage implements Handler {
    private static final HeaderName CONTENT_SECURITY_POLICY =
            HeaderName.of("Content-Security-Policy");
    private static final HeaderName NOSNIFF = HeaderName.of("X-Content-Type-Options");
    private static final HeaderName REFERRER_POLICY = HeaderName.of("Referrer-Policy");

    private final StartPageTemplate template = StartPageTemplate.load();
    private final Supplier<GatewayStatus> status;
    private final String tryPath;

    /// @param status read at each request, on the loop; must not block
    /// @param tryPath path the page offers to send requests to
    public StartPage(Supplier<GatewayStatus> status, String tryPath) {
        this.status = status;
        this.tryPath = tryPath;
    }

    @Override
    public void handle(Exchange exchange) {
        String accept = exchange.request().headers().get(HeaderName.ACCEPT);
        Response response = wantsJson(accept) ? json() : html();
        exchange.answer(
                response.with(HeaderName.CACHE_CONTROL, "no-store")
                        .with(HeaderName.VARY, "Accept")
                        .with(NOSNIFF, "nosniff"));
    }

    private static boolean wantsJson(@Nullable String accept) {
        return accept != null && accept.startsWith("application/json");
    }

    private Response html() {
        return Response.of(200, "text/html; charset=utf-8", template.render(status.get(), tryPath))
                .with(CONTENT_SECURITY_POLICY, template.policy())
                .with(REFERRER_POLICY, "no-referrer");
    }

    private Response json() {
        GatewayStatus now = status.get();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("stage", now.stage());
        body.put("version", now.engine().version());
        body.put("transport", now.engine().transport());
        body.put("loops", now.engine().loops());
        body.put("uptime", now.uptimeSeconds());
        body.put("connections", now.connections());
        body.put("routes", now.routes().stream().map(StartPage::route).toList());
        body.put("instances", instances(now));
        body.put("pages", now.pages());
        return Response.of(200, "application/json; charset=utf-8", JsonText.of(body));
    }

    private static Map<String, Object> route(GatewayStatus.RouteLine route) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", route.id());
        line.put("path", route.path());
        line.put("methods", route.methods());
        line.put("target", route.target());
        return line;
    }

    private static List<Map<String, Object>> instances(GatewayStatus now) {
        return now.instances().stream()
                .map(instance ->
                        Map.<String, Object>of("name", instance.name(), "hits", instance.hits()))
                .toList();
    }
}
