package io.sluice.edge.route;

import io.sluice.net.http.Method;
import io.sluice.net.http.RouteMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All rules of one pattern on one host: which one takes a method. Rules that only differ in the names of their
/// parameters share a leaf.
final class RouteLeaf<R> {

    private record Choice<R>(
            Method method, RouteTable.Entry<R> entry, Lookup.Found<R> found, boolean captures) {}

    private final List<Choice<R>> choices = new ArrayList<>(2);
    private @Nullable Choice<R> any;
    private Lookup<R> wrongMethod = new Lookup.WrongMethod<>("");

    /// Adds a rule; what an earlier rule takes already is reported to `ties` and stays with that rule.
    void add(RouteTable.Entry<R> entry, RouteTable.Ties ties) {
        Lookup.Found<R> found =
                new Lookup.Found<>(
                        entry.route(),
                        new RouteMatch(entry.id(), entry.pattern().text(), Map.of()));
        boolean captures = entry.pattern().hasParameters();
        if (entry.methods().isEmpty()) {
            Choice<R> before = any;
            if (before != null) {
                ties.tie(before.entry().id(), entry.id());
            } else {
                any = new Choice<>(Method.GET, entry, found, captures);
            }
        }
        for (Method method : entry.methods()) {
            Choice<R> before = choice(method);
            if (before != null) {
                ties.tie(before.entry().id(), entry.id());
            } else {
                choices.add(new Choice<>(method, entry, found, captures));
            }
        }
        wrongMethod =
                new Lookup.WrongMethod<>(
                        choices.stream()
                                .map(c -> c.method().name())
                                .collect(Collectors.joining(", ")));
    }

    Lookup<R> lookUp(Method method, String path) {
        Choice<R> choice = choice(method);
        if (choice == null && method.equals(Method.HEAD)) {
            choice = choice(Method.GET);
        }
        if (choice == null) {
            choice = any;
        }
        if (choice == null) {
            return wrongMethod;
        }
        return choice.captures() ? captured(choice, path) : choice.found();
    }

    private @Nullable Choice<R> choice(Method method) {
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).method().equals(method)) {
                return choices.get(i);
            }
        }
        return null;
    }

    private Lookup<R> captured(Choice<R> choice, String path) {
        Map<String, String> values = new LinkedHashMap<>(8);
        int at = 1;
        for (PathPattern.Segment segment : choice.entry().pattern().segments()) {
            int slash = path.indexOf('/', at);
            int end = slash < 0 ? path.length() : slash;
            if (segment instanceof PathPattern.Segment.Parameter(String name) && !name.isEmpty()) {
                values.put(name, path.substring(at, end));
            }
            at = end + 1;
        }
        RouteMatch match =
                new RouteMatch(choice.entry().id(), choice.entry().pattern().text(), values);
        return new Lookup.Found<>(choice.found().route(), match);
    }
}
