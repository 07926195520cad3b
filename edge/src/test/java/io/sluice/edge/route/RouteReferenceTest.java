package io.sluice.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.edge.route.PathPattern.Segment;
import io.sluice.net.http.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/// The trie against a matcher that tries every rule and sorts.
class RouteReferenceTest {

    @Property(tries = 3000)
    void theTrieAgreesWithTryingEveryRule(
            @ForAll("rules") List<RouteRule> rules,
            @ForAll("path") String path,
            @ForAll("method") String method,
            @ForAll("host") String host) {
        List<RouteTable.Entry<String>> entries = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            entries.add(RouteTable.Entry.of(rules.get(i), i, "route-" + (i + 1)));
        }
        RouteTable<String> table = RouteTable.compile(entries, (_, _) -> {});

        assertThat(RouteTableTest.found(table, method, host, path))
                .isEqualTo(reference(entries, Method.of(method), host, path));
    }

    /// What is printed for people: the rule that gets a request stands before all others that would take it.
    @Property(tries = 3000)
    void theWinnerOfARequestStandsBeforeWhatItBeats(
            @ForAll("rules") List<RouteRule> rules,
            @ForAll("path") String path,
            @ForAll("method") String method,
            @ForAll("host") String host) {
        List<RouteTable.Entry<String>> entries = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            entries.add(RouteTable.Entry.of(rules.get(i), i, "route-" + (i + 1)));
        }
        List<RouteTable.Entry<String>> ordered = RouteOrder.of(entries);
        assertThat(ordered).containsExactlyInAnyOrderElementsOf(entries);

        String winner =
                RouteTableTest.found(RouteTable.compile(entries, (_, _) -> {}), method, host, path);
        List<String> takers =
                ordered.stream()
                        .filter(entry -> takes(entry, Method.of(method), host, path))
                        .map(RouteTable.Entry::id)
                        .toList();
        if (!winner.startsWith("40")) {
            assertThat(takers).first().isEqualTo(winner);
        }
    }

    private static boolean takes(
            RouteTable.Entry<String> entry, Method method, String host, String path) {
        return (entry.methods().isEmpty() || entry.methods().contains(method))
                && hostRank(entry.hosts(), host) >= 0
                && shape(entry.pattern(), path) != null;
    }

    /// Parameters never change which rule is found.
    @Property(tries = 3000)
    void parametersOfSegmentsChangeNothing(
            @ForAll("rules") List<RouteRule> rules,
            @ForAll("path") String path,
            @ForAll("method") String method,
            @ForAll("host") String host) {
        List<RouteTable.Entry<String>> entries = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            entries.add(RouteTable.Entry.of(rules.get(i), i, "route-" + (i + 1)));
        }
        RouteTable<String> table = RouteTable.compile(entries, (_, _) -> {});

        assertThat(RouteTableTest.found(table, method, host, path.replaceAll("([abc])", "$1;x=y")))
                .isEqualTo(RouteTableTest.found(table, method, host, path));
    }

    private record Candidate(RouteTable.Entry<String> entry, int host, String shape) {}

    private static String reference(
            List<RouteTable.Entry<String>> entries, Method method, String host, String path) {
        List<Candidate> candidates = new ArrayList<>();
        for (RouteTable.Entry<String> entry : entries) {
            int rank = hostRank(entry.hosts(), host);
            String shape = shape(entry.pattern(), path);
            if (rank >= 0 && shape != null) {
                candidates.add(new Candidate(entry, rank, shape));
            }
        }
        candidates.sort(
                Comparator.comparingInt((Candidate c) -> -c.entry().priority())
                        .thenComparingInt(Candidate::host)
                        .thenComparing(Candidate::shape));
        if (candidates.isEmpty()) {
            return "404";
        }
        Candidate best = candidates.getFirst();
        List<RouteTable.Entry<String>> equals =
                candidates.stream()
                        .filter(c -> c.entry().priority() == best.entry().priority())
                        .filter(c -> c.host() == best.host() && c.shape().equals(best.shape()))
                        .map(Candidate::entry)
                        .toList();
        return byMethod(equals, method);
    }

    private static String byMethod(List<RouteTable.Entry<String>> entries, Method method) {
        for (RouteTable.Entry<String> entry : entries) {
            if (entry.methods().contains(method)) {
                return entry.id();
            }
        }
        for (RouteTable.Entry<String> entry : entries) {
            if (entry.methods().isEmpty()) {
                return entry.id();
            }
        }
        return "405 "
                + String.join(
                        ", ",
                        entries.stream()
                                .flatMap(e -> e.methods().stream())
                                .map(Method::name)
                                .distinct()
                                .toList());
    }

    private static int hostRank(List<String> hosts, String host) {
        if (hosts.isEmpty()) {
            return 9;
        }
        if (hosts.contains(host)) {
            return 0;
        }
        return hosts.contains("*.h") && host.endsWith(".h") ? 5 : -1;
    }

    /// Null when the pattern does not match, else letters that sort as specific patterns before others.
    private static @Nullable String shape(PathPattern pattern, String path) {
        String[] parts = path.substring(1).split("/", -1);
        StringBuilder shape = new StringBuilder();
        int i = 0;
        for (Segment segment : pattern.segments()) {
            if (i == parts.length) {
                return null;
            }
            String part = parts[i++];
            switch (segment) {
                case Segment.Literal(String text) -> {
                    if (!part.equals(text)) {
                        return null;
                    }
                    shape.append('L');
                }
                case Segment.Parameter _ -> {
                    if (part.isEmpty()) {
                        return null;
                    }
                    shape.append('P');
                }
            }
        }
        int left = parts.length - i;
        String end =
                switch (pattern.tail()) {
                    case NONE -> left == 0 ? "Q" : "";
                    case SLASH -> left == 1 && parts[i].isEmpty() ? "R" : "";
                    case BELOW -> left > 0 ? "S" : "";
                    case REST -> "T";
                };
        return end.isEmpty() ? null : shape + end;
    }

    @Provide
    Arbitrary<List<RouteRule>> rules() {
        Arbitrary<String> segments =
                Arbitraries.of("a", "b", ":x", "*")
                        .list()
                        .ofMaxSize(3)
                        .map(parts -> parts.isEmpty() ? "" : "/" + named(parts));
        Arbitrary<String> tails = Arbitraries.of("", "/", "/*", "/{$}");
        Arbitrary<String> patterns =
                Combinators.combine(segments, tails)
                        .as((start, tail) ->
                                start.isEmpty() && tail.isEmpty() ? "/" : start + tail);
        Arbitrary<List<String>> methods =
                Arbitraries.of(List.of(), List.of(), List.of("PUT"), List.of("PUT", "POST"));
        Arbitrary<List<String>> hosts =
                Arbitraries.of(List.of(), List.of(), List.of("h"), List.of("*.h"), List.of("a.h"));
        Arbitrary<Integer> priorities = Arbitraries.of(0, 0, 0, 1);
        return Combinators.combine(patterns, methods, hosts, priorities)
                .as((pattern, some, names, priority) ->
                        RouteRule.of("", pattern)
                                .withMethods(some.toArray(String[]::new))
                                .withHosts(names.toArray(String[]::new))
                                .withPriority(priority))
                .list()
                .ofMaxSize(8);
    }

    private static String named(List<String> parts) {
        List<String> named = new ArrayList<>();
        for (String part : parts) {
            named.add(part.equals(":x") ? ":x" + named.size() : part);
        }
        return String.join("/", named);
    }

    @Provide
    Arbitrary<String> path() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c").list().ofMaxSize(4), Arbitraries.of("", "/"))
                .as((parts, end) -> parts.isEmpty() ? "/" : "/" + String.join("/", parts) + end);
    }

    @Provide
    Arbitrary<String> method() {
        return Arbitraries.of("PUT", "POST", "DELETE");
    }

    @Provide
    Arbitrary<String> host() {
        return Arbitraries.of("h", "a.h", "b.a.h", "other");
    }
}
