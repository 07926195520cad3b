package io.sluice.edge.filter.auth;

import io.sluice.core.telemetry.Count;
import io.sluice.core.telemetry.Counters;
import io.sluice.core.telemetry.Metrics;
import java.util.List;
import java.util.Locale;

/// Counts what authentication found: `gateway_auth_total{provider,result}`. Series are looked up once; counting
/// is one addition. Any thread.
final class AuthCounts {

    private enum Result {
        GRANTED,
        DENIED,
        /// The request brought no credential; the provider is `none`.
        ABSENT,
        /// The credential could not be checked.
        UNAVAILABLE
    }

    private final Count absent;
    private final Provider[] providers;

    private record Provider(Count granted, Count denied, Count unavailable) {}

    /// @param providers ids in the order in which they are counted by position
    AuthCounts(Metrics metrics, List<String> providers) {
        Counters family =
                metrics.counters(
                        "gateway_auth_total",
                        "What authentication found, by authenticator.",
                        "provider",
                        "result");
        this.absent = of(family, "none", Result.ABSENT);
        this.providers =
                providers.stream()
                        .map(id ->
                                new Provider(
                                        of(family, id, Result.GRANTED),
                                        of(family, id, Result.DENIED),
                                        of(family, id, Result.UNAVAILABLE)))
                        .toArray(Provider[]::new);
    }

    private static Count of(Counters family, String provider, Result result) {
        return family.of(provider, result.name().toLowerCase(Locale.ROOT));
    }

    void granted(int provider) {
        providers[provider].granted.inc();
    }

    void denied(int provider) {
        providers[provider].denied.inc();
    }

    void unavailable(int provider) {
        providers[provider].unavailable.inc();
    }

    void absent() {
        absent.inc();
    }
}
