package io.sluice.app.wiring;

import io.sluice.core.config.Doc;
import io.sluice.core.config.FromScalar;
import io.sluice.core.config.Unsupported;
import io.sluice.core.config.Verbatim;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `gateway.middleware`, which files of other gateways have. Nothing in it is acted upon; what protects services there
/// is looked at by [ProtectionChecks].
@Unsupported(
        keys = {"transform"},
        why = "headers and bodies are not transformed; see stripPrefix and rewrite of a rule")
@Unsupported(
        keys = {"ratelimit", "rateLimit"},
        why = "limits are set per rule, see rateLimit of a rule")
@Unsupported(
        keys = {"circuitbreaker", "circuitBreaker", "retry", "cors"},
        why = "these sections stand right below gateway: circuitBreaker, retry, cors")
@Unsupported(
        keys = {"tracking"},
        why = "every request has an id, in X-Request-ID too")
public record MiddlewareConfig(
        Auth auth,
        Authz authz,
        @Doc(
                        "What a list in place of this map names. Not acted upon: the order of filters is fixed. OAuth2 and RBAC in it are a mistake unless serveWithout names them.")
                @Verbatim
                List<Object> order) {

    public MiddlewareConfig {
        order = Collections.unmodifiableList(new ArrayList<>(order));
    }

    /// `middleware: [{type: metrics}, recovery]`.
    @FromScalar
    public static MiddlewareConfig of(List<Object> order) {
        return new MiddlewareConfig(new Auth(Map.of()), new Authz(Map.of()), order);
    }

    /// `middleware.auth`.
    public record Auth(
            @Doc(
                            "OAuth2 of other gateways. Not enforced here: where it is enabled the configuration is refused unless serveWithout names it.")
                    @Verbatim
                    Map<String, Object> oauth2) {
        public Auth {
            oauth2 = Collections.unmodifiableMap(new LinkedHashMap<>(oauth2));
        }
    }

    /// `middleware.authz`.
    public record Authz(
            @Doc(
                            "RBAC of other gateways. Not enforced here: where it is enabled the configuration is refused unless serveWithout names it.")
                    @Verbatim
                    Map<String, Object> rbac) {
        public Authz {
            rbac = Collections.unmodifiableMap(new LinkedHashMap<>(rbac));
        }
    }
}
