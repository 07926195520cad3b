package io.sluice.app.wiring;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.auth.ApiKeyConfig;
import io.sluice.edge.filter.auth.ApiKeyEntry;
import io.sluice.edge.filter.auth.ApiKeyPlacesConfig;
import io.sluice.edge.filter.auth.AuthConfig;
import io.sluice.edge.filter.auth.AuthGate;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.Handler;
import io.sluice.realtime.dialect.FaceContext;
import io.sluice.realtime.endpoint.api.ApiConfig;
import io.sluice.realtime.endpoint.api.ChannelApi;
import io.sluice.realtime.endpoint.events.EventText;
import io.sluice.realtime.endpoint.events.EventsEndpoint;
import io.sluice.realtime.hub.Occupancy;
import io.sluice.realtime.session.Places;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Channels over HTTP: event streams, and the server API behind keys of its own. Lives as long as the gateway.
final class ChannelApiParts {
    private static final AuthRuleConfig NEEDED = new AuthRuleConfig(true, null, List.of());
    private static final AuthRuleConfig WELCOME = new AuthRuleConfig(false, null, List.of());
    private static final Failure NO_KEYS =
            Failure.of(
                    FailureKind.FORBIDDEN,
                    "The server API has no keys; set gateway.realtime.api.keys.");

    private final ApiConfig config;
    private final Shared shared;
    private final Handler events;
    private final List<ChannelApi.Resource> resources;

    private ChannelApiParts(
            ApiConfig config,
            FaceContext context,
            Occupancy occupancy,
            Places places,
            FaceLore faces,
            Shared shared) {
        this.config = config;
        this.shared = shared;
        EventText texts = new EventText(context.dialects());
        this.events = new EventsEndpoint(config.events(), context, texts, places);
        this.resources =
                ChannelApi.resources(
                        config, context, new ChannelApi.Sources(texts, occupancy, faces));
    }

    /// @param faces what they know of their channels
    static ChannelApiParts start(
            ApiConfig config,
            FaceContext context,
            Occupancy occupancy,
            Places places,
            FaceLore faces,
            Shared shared) {
        return new ChannelApiParts(config, context, occupancy, places, faces, shared);
    }

    /// Streams take users of `auth` as well, and keys of this API unless `auth` has API keys itself: one of those then
    /// needs the scope.
    List<PageRoute> routes(AuthConfig auth) {
        try (AuthGate gate =
                AuthGate.open(
                        own(auth), Builtins.authenticators(), shared.ticker(), shared.metrics())) {
            boolean keysOfAuth = auth.apikey().enabled() || config.keys().isEmpty();
            List<PageRoute> routes = new ArrayList<>();
            routes.add(
                    PageRoute.guarded("events", config.events().eventsPath(), events, WELCOME)
                            .behind(keysOfAuth ? List.of() : gate.filters(WELCOME)));
            List<Filter> key = config.keys().isEmpty() ? List.of() : gate.filters(NEEDED);
            for (ChannelApi.Resource resource : resources) {
                Handler handler = key.isEmpty() ? ChannelApiParts::refuse : resource.handler();
                routes.add(
                        PageRoute.open("channel-api-" + resource.id(), resource.path(), handler)
                                .behind(key));
            }
            return routes;
        }
    }

    private static void refuse(Exchange exchange) {
        exchange.fail(NO_KEYS);
        exchange.requestBody().discard();
    }

    /// The keys of this API as the only authenticator.
    private AuthConfig own(AuthConfig auth) {
        Map<String, ApiKeyEntry> entries = new HashMap<>();
        config.keys()
                .forEach((name, key) ->
                        entries.put(
                                name,
                                new ApiKeyEntry(
                                        digest(key.strip()),
                                        null,
                                        name,
                                        "service",
                                        List.of(),
                                        null,
                                        Map.of(),
                                        false)));
        ApiKeyConfig keys =
                new ApiKeyConfig(
                        true,
                        entries,
                        null,
                        true,
                        List.of(EventsEndpoint.SCOPE),
                        new ApiKeyPlacesConfig("X-API-Key", null, null));
        return new AuthConfig(
                true, List.of("apikey"), List.of(), List.of(), auth.jwt(), keys, auth.mtls());
    }

    private static String digest(String key) {
        if (key.startsWith(ApiConfig.HASHED)) {
            return key.substring(ApiConfig.HASHED.length());
        }
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What this section serves, in words.
    static List<RouteRow> rows(ApiConfig config) {
        if (!config.enabled()) {
            return List.of();
        }
        String base = config.basePath();
        List<RouteRow> rows = new ArrayList<>();
        rows.add(row("events", "GET", config.events().eventsPath()));
        for (String name : List.of("publish", "broadcast", "disconnect")) {
            rows.add(row("channel-api-" + name, "POST", base + '/' + name));
        }
        for (String name : List.of("channels", "presence", "history")) {
            rows.add(row("channel-api-" + name, "GET", base + '/' + name));
        }
        return rows;
    }

    private static RouteRow row(String id, String method, String path) {
        return new RouteRow(id, List.of(method), List.of(), path, "realtime", "-");
    }
}
