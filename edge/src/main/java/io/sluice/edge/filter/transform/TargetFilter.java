package io.sluice.edge.filter.transform;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.edge.route.PathPattern;
import io.sluice.edge.route.PathTemplate;
import io.sluice.edge.route.RouteRule;
import io.sluice.edge.route.SegmentName;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.RequestHead;
import io.sluice.net.http.RouteMatch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes the path a request is passed on with, as its rule says. The result is canonical again; the query stays as it
/// is, byte for byte.
public final class TargetFilter implements Filter {
    private static final Step NO_PATH =
            new Step.Refuse(
                    Failure.of(
                            FailureKind.BAD_REQUEST,
                            "This path cannot be brought into the form the route asks for."));

    private final String prefix;
    private final @Nullable PathTemplate template;

    private TargetFilter(String prefix, @Nullable PathTemplate template) {
        this.prefix = prefix;
        this.template = template;
    }

    /// The filter of a rule, or null when the rule leaves the path alone. `rewrite` goes before `stripPrefix`.
    ///
    /// @throws IllegalArgumentException for what [RouteRule#check] reports
    public static @Nullable TargetFilter of(RouteRule rule) {
        PathPattern pattern = PathPattern.parse(rule.path());
        String rewrite = rule.rewrite();
        if (rewrite != null) {
            return new TargetFilter("", PathTemplate.parse(rewrite, pattern));
        }
        String prefix = rule.strippedPrefix(pattern);
        return prefix.isEmpty() ? null : new TargetFilter(prefix, null);
    }

    @Override
    public Phase phase() {
        return Phase.TRANSFORM;
    }

    @Override
    public Step apply(Exchange exchange) {
        RequestHead request = exchange.request();
        String path = template == null ? stripped(request.path()) : filled(template, exchange);
        if (path == null) {
            return NO_PATH;
        }
        exchange.request(request.withTarget(path, request.query()));
        return Step.next();
    }

    private static @Nullable String filled(PathTemplate template, Exchange exchange) {
        RouteMatch route = exchange.route();
        return template.fill(
                exchange.request().path(), route == null ? Map.of() : route.parameters());
    }

    /// What follows a prefix of a canonical path is canonical too. Segments are compared by name, as the rule was found.
    private String stripped(String path) {
        int at = 0;
        int from = 0;
        while (from < prefix.length()) {
            int slash = prefix.indexOf('/', from + 1);
            int length = (slash < 0 ? prefix.length() : slash) - from;
            int nameEnd = at + length;
            if (!path.regionMatches(at, prefix, from, length)) {
                return path;
            }
            int next = path.indexOf('/', nameEnd);
            int end = next < 0 ? path.length() : next;
            if (nameEnd < end && !SegmentName.endsAt(path, nameEnd)) {
                return path;
            }
            at = end;
            from += length;
        }
        return at == path.length() ? "/" : path.substring(at);
    }
}
