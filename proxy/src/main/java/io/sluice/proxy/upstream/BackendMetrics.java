package io.sluice.proxy.upstream;

import io.sluice.core.fail.FailureKind;
import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Distribution;
import io.sluice.core.telemetry.Gauges;
import io.sluice.core.telemetry.Histograms;
import io.sluice.core.telemetry.Level;
import io.sluice.core.telemetry.Metrics;
import io.sluice.net.http.Method;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `gateway_backend_…` meters. Labels are service and instance, and of outside words only methods of the known set;
/// the others count as `other`. Any thread.
public final class BackendMetrics implements InstanceMeters {
    private static final List<Double> SECONDS =
            List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private static final String OTHER = "other";

    private final Counters requests;
    private final Counters errors;
    private final Histograms durations;
    private final Gauges connections;
    private volatile boolean countingCalls = true;

    public BackendMetrics(Metrics metrics) {
        requests =
                metrics.counters(
                        "gateway_backend_requests_total",
                        "Answers of services, each attempt counted",
                        "service",
                        "instance",
                        "method",
                        "status");
        errors =
                metrics.counters(
                        "gateway_backend_errors_total",
                        "Attempts that brought no answer, or one that broke off",
                        "service",
                        "instance",
                        "kind");
        durations =
                metrics.histograms(
                        "gateway_backend_request_duration_seconds",
                        "From handing over a request to the head of its answer",
                        SECONDS,
                        "service",
                        "instance");
        connections =
                metrics.gauges(
                        "gateway_backend_connections",
                        "Open connections to services, in use and idle",
                        "service",
                        "instance");
    }

    /// Whether calls are counted and timed, which costs as much as picking an instance; for when nobody can ask for the
    /// numbers. Connections are counted in any case.
    public void countCalls(boolean wanted) {
        countingCalls = wanted;
    }

    @Override
    public InstanceMeter of(Instance instance) {
        return new Meter(instance);
    }

    private final class Meter implements InstanceMeter {
        private final Instance instance;
        private final Distribution duration;
        private final Level open;
        private final Map<Method, @Nullable Count[]> answers = new HashMap<>();
        private final Map<FailureKind, Count> failures = new EnumMap<>(FailureKind.class);

        /// Where the last answers were counted: most calls repeat the method of the one before.
        private @Nullable Method lastMethod;

        private @Nullable Count[] lastCounts = {};

        Meter(Instance instance) {
            this.instance = instance;
            this.duration = durations.of(instance.service(), instance.id());
            this.open = connections.of(instance.service(), instance.id());
        }

        @Override
        public void opened() {
            open.inc();
        }

        @Override
        public void closed() {
            open.dec();
        }

        @Override
        public void answered(Method method, int status, long nanos) {
            if (!countingCalls) {
                return;
            }
            if (!method.equals(lastMethod)) {
                lastCounts = countsOf(method);
                lastMethod = method;
            }
            Count count = lastCounts[status];
            if (count == null) {
                String label = method.known() ? method.name() : OTHER;
                count =
                        requests.of(
                                instance.service(), instance.id(), label, Integer.toString(status));
                lastCounts[status] = count;
            }
            count.inc();
            duration.observe(nanos / 1e9);
        }

        /// Slots by status; made for known methods and once for all others.
        private @Nullable Count[] countsOf(Method method) {
            Method key = method.known() ? method : Method.of(OTHER);
            return answers.computeIfAbsent(key, _ -> new Count[600]);
        }

        @Override
        public void failed(FailureKind kind) {
            failures.computeIfAbsent(
                            kind, _ -> errors.of(instance.service(), instance.id(), kind.label()))
                    .inc();
        }
    }
}
