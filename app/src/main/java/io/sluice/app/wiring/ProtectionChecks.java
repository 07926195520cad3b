package io.sluice.app.wiring;

import io.sluice.app.wiring.UnenforcedConfig.Kind;
import io.sluice.core.config.Loaded;
import io.sluice.edge.filter.auth.AuthConfig;
import io.sluice.edge.filter.auth.AuthGate;
import io.sluice.edge.filter.auth.AuthRuleConfig;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds protection that a configuration asks for in words of other gateways and that nobody would give. Serving without
/// it would open what was meant to be closed, so each is a mistake until `serveWithout` says that it is known.
final class ProtectionChecks {
    private static final String ROOT = GatewayConfig.ROOT;

    /// Keys of a rule's metadata that other gateways read as demands.
    private static final List<String> DEMANDS =
            List.of("authRequired", "requiredScopes", "requiredPermission", "requiredRoles");

    /// Keys of a rule's metadata that other gateways act upon, and that close nothing.
    private static final List<String> WISHES = List.of("rateLimit", "skipAuth", "skipAuthz");

    /// Sections of `middleware` that hold protection.
    private static final Set<String> SECTIONS = Set.of("auth", "authz");

    private final UnenforcedConfig config;
    private final Findings findings;

    private ProtectionChecks(UnenforcedConfig config, Findings findings) {
        this.config = config;
        this.findings = findings;
    }

    static void check(GatewayConfig draft, Loaded<GatewayConfig> loaded, Findings findings) {
        UnenforcedConfig config = draft.policy().unenforced();
        ProtectionChecks checks = new ProtectionChecks(config, findings);
        String middleware = ROOT + ".middleware";
        checks.section(
                middleware + ".auth.oauth2", config.middleware().auth().oauth2(), Kind.OAUTH2);
        checks.section(middleware + ".authz.rbac", config.middleware().authz().rbac(), Kind.RBAC);
        if (!config.middleware().order().isEmpty()) {
            checks.middleware(config.middleware().order(), middleware);
        }
        checks.providers(draft.policy().auth());
        for (RuleConfig rule : draft.router().rules()) {
            String path = loaded.places().pathOf(rule);
            checks.middleware(rule.guards().middleware(), path + ".middleware");
            checks.metadata(rule, path + ".metadata");
            checks.internal(rule, path);
        }
    }

    private void section(String path, Object found, Kind kind) {
        if (!(found instanceof Map<?, ?> section)) {
            if (!isOff(found)) {
                missing(path, kind);
            }
            return;
        }
        if (!section.isEmpty() && section.get("enabled") == null) {
            findings.warning(
                    path, "has no effect: it has no enabled: true, and is not enforced here");
        }
        if (!isOff(section.get("enabled"))) {
            missing(path, kind);
        }
    }

    private void missing(String path, Kind kind) {
        missing(
                path,
                kind,
                switch (kind) {
                    case OAUTH2 -> "auth.jwt with the jwksEndpoint of the issuer checks its tokens";
                    case RBAC, METADATA -> "requiredScopes of a rule checks what a token grants";
                });
    }

    private void missing(String path, Kind kind, String instead) {
        String name = kind.name().toLowerCase(Locale.ROOT);
        if (config.accepts(kind)) {
            findings.warning(path, "is not enforced, as serveWithout: [" + name + "] accepts");
        } else {
            findings.error(
                    path,
                    "is not enforced by this gateway, everything would be served without it; "
                            + instead
                            + ", and where something else enforces it, set gateway.serveWithout: ["
                            + name
                            + "]");
        }
    }

    /// What is neither plainly false nor left out counts as on, references that are not replaced included.
    private static boolean isOff(@Nullable Object enabled) {
        if (enabled == null) {
            return true;
        }
        return switch (enabled.toString().strip().toLowerCase(Locale.ROOT)) {
            case "false", "no", "off", "", "[]" -> true;
            default -> false;
        };
    }

    private void providers(AuthConfig auth) {
        for (int i = 0; i < auth.providers().size(); i++) {
            if (AuthGate.absent(auth.providers().get(i), Builtins.authenticators())) {
                findings.warning(
                        ROOT + ".auth.providers[" + i + "]",
                        "is not there; nobody comes in by it, only by the others");
            }
        }
    }

    private void middleware(@Nullable Object middleware, String path) {
        if (middleware == null) {
            return;
        }
        if (!isOnlyProtection(middleware)) {
            findings.warning(
                    path,
                    "not supported, has no effect: the order of filters is fixed; each has its own section");
        }
        protection(middleware, path);
    }

    private static boolean isOnlyProtection(Object middleware) {
        return switch (middleware) {
            case Map<?, ?> sections -> SECTIONS.containsAll(sections.keySet());
            case Collection<?> names -> names.stream().allMatch(name -> kind(name) != null);
            default -> kind(middleware) != null;
        };
    }

    /// Finds it wherever it stands: as a key with a section or a value, as an item of a list, as a name alone.
    private void protection(@Nullable Object found, String path) {
        switch (found) {
            case Map<?, ?> sections ->
                    sections.forEach((key, inner) -> {
                        Kind kind = kind(key);
                        if (kind == null) {
                            protection(inner, path + "." + key);
                        } else if (inner != null) {
                            section(path + "." + key, inner, kind);
                        }
                    });
            case Collection<?> items -> items.forEach(item -> protection(item, path));
            case null -> {}
            default -> {
                Kind kind = kind(found);
                if (kind != null) {
                    missing(path, kind);
                }
            }
        }
    }

    private static @Nullable Kind kind(@Nullable Object name) {
        return switch (String.valueOf(name).strip().toLowerCase(Locale.ROOT)) {
            case "oauth2" -> Kind.OAUTH2;
            case "rbac" -> Kind.RBAC;
            default -> null;
        };
    }

    private void metadata(RuleConfig rule, String path) {
        Map<String, Object> metadata = rule.route().metadata();
        for (String key : DEMANDS) {
            Object demand = metadata.get(key);
            if (demand != null && !isOff(demand) && !stated(rule, key, demand)) {
                missing(
                        path + "." + key,
                        Kind.METADATA,
                        "authRequired and requiredScopes count beside metadata, not in it");
            }
        }
        for (String key : WISHES) {
            if (!isOff(metadata.get(key))) {
                findings.warning(path + "." + key, "has no effect; metadata is free text");
            }
        }
    }

    /// Whether the rule says the same where it counts.
    private static boolean stated(RuleConfig rule, String key, Object demand) {
        AuthRuleConfig auth = rule.guards().auth();
        return switch (key) {
            case "authRequired" -> Boolean.TRUE.equals(auth.authRequired());
            case "requiredScopes" -> auth.requiredScopes().containsAll(scopes(demand));
            default -> false;
        };
    }

    /// A list, or a text with spaces between.
    private static List<String> scopes(Object demand) {
        Stream<?> parts = demand instanceof Collection<?> list ? list.stream() : Stream.of(demand);
        return parts.flatMap(part -> Stream.of(String.valueOf(part).strip().split("\\s+")))
                .toList();
    }

    private void internal(RuleConfig rule, String path) {
        boolean closed =
                Boolean.TRUE.equals(rule.guards().auth().authRequired())
                        || !rule.guards().auth().requiredScopes().isEmpty();
        if (rule.internal() && closed) {
            findings.error(
                    path + ".serviceName",
                    "names the gateway's own pages, which everybody may read; metrics.port gives the"
                            + " metrics page a port of its own");
        }
    }
}
