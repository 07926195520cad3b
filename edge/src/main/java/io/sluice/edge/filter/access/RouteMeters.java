package io.sluice.edge.filter.access;

import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Distribution;
import io.sluice.net.http.Method;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The meters of one route, by method and status, made when first needed. Any thread.
final class RouteMeters {
    private static final List<Method> METHODS =
            List.of(
                    Method.GET,
                    Method.POST,
                    Method.PUT,
                    Method.DELETE,
                    Method.PATCH,
                    Method.HEAD,
                    Method.OPTIONS);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final HttpMeters families;
    private final String route;
    private final AtomicReferenceArray<@Nullable OfMethod> methods =
            new AtomicReferenceArray<>(METHODS.size() + 1);

    RouteMeters(HttpMeters families, String route) {
        this.families = families;
        this.route = route;
    }

    OfMethod of(Method method) {
        int index = METHODS.indexOf(method);
        int slot = index < 0 ? METHODS.size() : index;
        OfMethod known = methods.get(slot);
        if (known == null) {
            known = new OfMethod(families, index < 0 ? "OTHER" : method.name(), route);
            methods.set(slot, known);
        }
        return known;
    }

    /// The meters of one method.
    static final class OfMethod {
        private final HttpMeters families;
        private final String method;
        private final String route;
        private final Distribution duration;
        private final Distribution requestSize;
        private final Distribution responseSize;
        private final AtomicReferenceArray<@Nullable Count> statuses =
                new AtomicReferenceArray<>(500);

        OfMethod(HttpMeters families, String method, String route) {
            this.families = families;
            this.method = method;
            this.route = route;
            this.duration = families.durations.of(method, route);
            this.requestSize = families.requestSizes.of(method, route);
            this.responseSize = families.responseSizes.of(method, route);
        }

        void record(int status, long nanos, long bytesIn, long bytesOut) {
            count(status).inc();
            duration.observe(nanos / NANOS);
            requestSize.observe((double) bytesIn);
            responseSize.observe((double) bytesOut);
        }

        private Count count(int status) {
            int slot = Math.clamp(status, 100, 599) - 100;
            Count known = statuses.get(slot);
            if (known == null) {
                known = families.requests.of(method, route, Integer.toString(slot + 100));
                statuses.set(slot, known);
            }
            return known;
        }
    }
}
