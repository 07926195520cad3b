package io.sluice.edge.route;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Unsupported;
import io.sluice.net.http.CanonicalPath;
import io.sluice.net.http.Method;
import io.sluice.net.http.Tokens;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The part of a rule in `router.rules` that decides which requests it takes. What happens to them then is bound by
/// other records over the same YAML object.
@Unsupported(
        keys = {
            "pathType",
            "headers",
            "queryParams",
            "contentType",
            "conditions",
            "groups",
            "methodConfig",
            "addPrefix",
            "abTesting",
            "geoRouting"
        },
        why = "requests are matched by path, host and method only")
public record RouteRule(
        @Doc(
                        "Name of the rule in logs, metrics and overrides; route-1, route-2, … by position when left out.")
                @Nullable String id,
        @Doc(
                        "Path pattern: literal segments, :name or {name}, * for one segment, a trailing /* or / for all below.")
                String path,
        @Doc(
                        "Methods the rule takes; all when empty. GET includes HEAD. WEBSOCKET and SSE stand for GET.")
                List<String> methods,
        @Doc("Host names the rule takes, exact or *.domain; all when empty.") List<String> hosts,
        @Doc("Rules of a higher priority are looked at first, whatever their path.") @Default("0")
                int priority,
        @Doc(
                        "true to take the literal start of the pattern off the forwarded path, or the prefix to take off.")
                @Nullable String stripPrefix,
        @Doc(
                        "Forwarded path instead of the client's; may use {name} and, for what /* stands for, {*}.")
                @Nullable String rewrite,
        @Doc("Free text, also nested, for pages and tools; no effect on requests.")
                Map<String, Object> metadata)
        implements Checked {

    public RouteRule {
        methods = List.copyOf(methods);
        hosts = List.copyOf(hosts);
        metadata = Map.copyOf(metadata);
    }

    /// A rule that takes every request for a path; for built-in routes and tests.
    public static RouteRule of(String id, String path) {
        return new RouteRule(id, path, List.of(), List.of(), 0, null, null, Map.of());
    }

    public RouteRule withMethods(String... newMethods) {
        return new RouteRule(
                id, path, List.of(newMethods), hosts, priority, stripPrefix, rewrite, metadata);
    }

    public RouteRule withHosts(String... newHosts) {
        return new RouteRule(
                id, path, methods, List.of(newHosts), priority, stripPrefix, rewrite, metadata);
    }

    public RouteRule withPriority(int newPriority) {
        return new RouteRule(id, path, methods, hosts, newPriority, stripPrefix, rewrite, metadata);
    }

    /// The id, or the one a rule without id gets at this 0-based position of the file.
    public String idAt(int position) {
        return id == null || id.isBlank() ? "route-" + (position + 1) : id;
    }

    /// The real methods, in order; empty means all.
    public Set<Method> methodSet() {
        Set<Method> set = new LinkedHashSet<>();
        for (String name : methods) {
            String upper = name.toUpperCase(Locale.ROOT);
            set.add(isHint(upper) ? Method.GET : Method.of(upper));
        }
        return set;
    }

    /// Whether one of the hosts, of which there must be some, takes this one.
    ///
    /// @param host in lower case, without port
    public boolean namesHost(String host) {
        return hosts.stream().anyMatch(text -> HostPattern.of(text).takes(host));
    }

    /// Whether the pseudo-method `hint` (`WEBSOCKET` or `SSE`) stands among the methods.
    public boolean hints(String hint) {
        return methods.stream().anyMatch(hint::equalsIgnoreCase);
    }

    private static boolean isHint(String upper) {
        return upper.equals("WEBSOCKET") || upper.equals("SSE");
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        checkPaths(problem);
        for (String name : methods) {
            if (!Tokens.isToken(name)) {
                problem.accept("methods", "'" + name + "', expected the name of a method");
            }
        }
        for (String host : hosts) {
            if (!HostPattern.valid(host)) {
                problem.accept(
                        "hosts", "'" + host + "', expected a host name or *.domain, without port");
            }
        }
    }

    private void checkPaths(BiConsumer<String, String> problem) {
        String key = "path";
        try {
            PathPattern pattern = PathPattern.parse(path);
            key = "rewrite";
            if (rewrite != null) {
                PathTemplate.parse(rewrite, pattern);
            }
            key = "stripPrefix";
            strippedPrefix(pattern);
        } catch (IllegalArgumentException wrong) {
            problem.accept(key, String.valueOf(wrong.getMessage()));
        }
    }

    /// What is taken off the start of the path, without a slash at its end; empty for nothing.
    ///
    /// @throws IllegalArgumentException when `stripPrefix` is neither true, false nor a path
    public String strippedPrefix(PathPattern pattern) {
        if (stripPrefix == null || stripPrefix.equals("false")) {
            return "";
        }
        if (stripPrefix.equals("true")) {
            return pattern.literalPrefix();
        }
        String canonical = CanonicalPath.of(stripPrefix);
        if (canonical == null || canonical.equals("*")) {
            throw new IllegalArgumentException(
                    "'" + stripPrefix + "', expected true, false or a path");
        }
        return canonical.endsWith("/") ? canonical.substring(0, canonical.length() - 1) : canonical;
    }
}
