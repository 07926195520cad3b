package io.sluice.edge.route;

import io.sluice.net.http.Method;
import io.sluice.net.http.RequestHead;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the rule of a request. Immutable, any thread.
///
/// Rules of the highest priority that knows the path decide; among them those for the exact host win over `*.domain`
/// (longest first) and over rules without hosts; among those the most specific path. Only then is the method looked at:
/// a rule for this method wins over one for all, and when there is neither the answer is 405 and never a less specific
/// path. So a rule for `GET /admin/*` also decides about `POST /admin/x`, whatever `/*` says.
public final class RouteTable<R> {

    /// One rule, ready to be filed.
    public record Entry<R>(
            String id,
            PathPattern pattern,
            Set<Method> methods,
            List<String> hosts,
            int priority,
            R route) {

        /// @param position 0-based, for the id of a rule without one
        public static <R> Entry<R> of(RouteRule rule, int position, R route) {
            return new Entry<>(
                    rule.idAt(position),
                    PathPattern.parse(rule.path()),
                    rule.methodSet(),
                    rule.hosts(),
                    rule.priority(),
                    route);
        }
    }

    /// Hears of two rules that want the same requests; the earlier one gets them.
    @FunctionalInterface
    public interface Ties {
        void tie(String earlierId, String laterId);
    }

    private final List<RouteLevel<R>> levels;
    private final List<R> routes;
    private final boolean hosts;
    private final Lookup<R> unknown = new Lookup.Unknown<>();

    private RouteTable(List<RouteLevel<R>> levels, List<R> routes, boolean hosts) {
        this.levels = levels;
        this.routes = routes;
        this.hosts = hosts;
    }

    /// @param entries in the order of the file
    public static <R> RouteTable<R> compile(List<Entry<R>> entries, Ties ties) {
        Map<Integer, RouteLevel<R>> levels = new TreeMap<>(Comparator.reverseOrder());
        List<R> routes = new ArrayList<>();
        boolean hosts = false;
        for (Entry<R> entry : entries) {
            levels.computeIfAbsent(entry.priority(), _ -> new RouteLevel<>()).add(entry, ties);
            routes.add(entry.route());
            hosts |= !entry.hosts().isEmpty();
        }
        return new RouteTable<>(List.copyOf(levels.values()), List.copyOf(routes), hosts);
    }

    /// All routes in the order of the file.
    public List<R> routes() {
        return routes;
    }

    /// Allocates only when the rule has named parameters.
    public Lookup<R> find(RequestHead head) {
        return find(head.method(), hosts ? head.host() : "", head.path());
    }

    /// @param host in lower case, without port
    /// @param path canonical
    public Lookup<R> find(Method method, String host, String path) {
        for (int i = 0; i < levels.size(); i++) {
            RouteLeaf<R> leaf = leaf(levels.get(i), host, path);
            if (leaf != null) {
                return leaf.lookUp(method, path);
            }
        }
        return unknown;
    }

    private static <R> @Nullable RouteLeaf<R> leaf(RouteLevel<R> level, String host, String path) {
        return path.startsWith("/") ? level.find(host, path) : null;
    }
}
