package io.sluice.edge.route;

import io.sluice.edge.route.PathPattern.Segment;
import io.sluice.edge.route.PathPattern.Tail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Puts rules in the order in which [RouteTable] prefers them, for people to read: of two rules that take the same
/// request, the one that gets it stands first. Rules that never meet keep the order of the file as far as that allows.
public final class RouteOrder {
    private static final int LONGEST_HOST = 255;

    private RouteOrder() {}

    /// @param entries in the order of the file
    public static <R> List<RouteTable.Entry<R>> of(List<RouteTable.Entry<R>> entries) {
        Map<Integer, Map<Integer, List<RouteTable.Entry<R>>>> groups =
                new TreeMap<>(Comparator.reverseOrder());
        for (RouteTable.Entry<R> entry : entries) {
            groups.computeIfAbsent(entry.priority(), _ -> new TreeMap<>())
                    .computeIfAbsent(hostRank(entry), _ -> new ArrayList<>())
                    .add(entry);
        }
        List<RouteTable.Entry<R>> ordered = new ArrayList<>(entries.size());
        groups.values().forEach(hosts -> hosts.values().forEach(some -> walk(some, 0, ordered)));
        return ordered;
    }

    /// Exact hosts, then wildcards, the longest first, then rules for every host. A rule with several counts by the best.
    private static int hostRank(RouteTable.Entry<?> entry) {
        int best = entry.hosts().isEmpty() ? 2 * LONGEST_HOST : Integer.MAX_VALUE;
        for (String text : entry.hosts()) {
            HostPattern host = HostPattern.of(text);
            best = Math.min(best, host.wildcard() ? 1 + LONGEST_HOST - host.name().length() : 0);
        }
        return best;
    }

    /// The same walk as a look-up makes, over entries that agree up to this segment.
    private static <R> void walk(
            List<RouteTable.Entry<R>> entries, int depth, List<RouteTable.Entry<R>> ordered) {
        Map<String, List<RouteTable.Entry<R>>> literals = new LinkedHashMap<>();
        List<RouteTable.Entry<R>> parameters = new ArrayList<>();
        for (RouteTable.Entry<R> entry : entries) {
            List<Segment> segments = entry.pattern().segments();
            if (segments.size() > depth) {
                switch (segments.get(depth)) {
                    case Segment.Literal(String text) ->
                            literals.computeIfAbsent(text, _ -> new ArrayList<>()).add(entry);
                    case Segment.Parameter _ -> parameters.add(entry);
                }
            }
        }
        ending(entries, depth, Tail.NONE, ordered);
        ending(entries, depth, Tail.SLASH, ordered);
        literals.values().forEach(some -> walk(some, depth + 1, ordered));
        if (!parameters.isEmpty()) {
            walk(parameters, depth + 1, ordered);
        }
        ending(entries, depth, Tail.BELOW, ordered);
        ending(entries, depth, Tail.REST, ordered);
    }

    /// Rules for some methods stand before those for all.
    private static <R> void ending(
            List<RouteTable.Entry<R>> entries,
            int depth,
            Tail tail,
            List<RouteTable.Entry<R>> ordered) {
        entries.stream()
                .filter(entry ->
                        entry.pattern().segments().size() == depth
                                && entry.pattern().tail() == tail)
                .sorted(Comparator.comparing(entry -> entry.methods().isEmpty()))
                .forEach(ordered::add);
    }
}
