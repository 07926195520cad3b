package io.sluice.bench;

import io.sluice.bench.OpenLoop.Offered;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one gateway did before, in and after an overload.
///
/// @param best goodput a second
/// @param calm at half of the best, before
/// @param parts of the overload, equally long
/// @param after at half of the best again, in short equal parts
record Storm(Peer peer, double best, Offered calm, List<Offered> parts, List<Offered> after) {
    private static final double NEARLY_ALL = 0.95;
    private static final double TWICE = 2;
    private static final double SLACK_MILLIS = 20;

    /// Goodput in the overload, as a share of the best.
    double share() {
        return parts.stream().mapToDouble(Offered::goodPerSecond).average().orElse(0) / best;
    }

    /// The same of the worst part.
    double worstShare() {
        return parts.stream().mapToDouble(Offered::goodPerSecond).min().orElse(0) / best;
    }

    /// Of all requests in the overload.
    double part(ToDoubleFunction<Offered> which) {
        return parts.stream().mapToDouble(which).sum()
                / Math.max(1, parts.stream().mapToDouble(Offered::due).sum());
    }

    double p99Millis() {
        return parts.stream().mapToDouble(Offered::p99Millis).max().orElse(0);
    }

    /// Until everything that follows is normal; infinite when nothing is.
    ///
    /// @param each length of a part
    double recoverySeconds(double each) {
        int last = after.size();
        while (last > 0 && normal(after.get(last - 1))) {
            last--;
        }
        return last == after.size() ? Double.POSITIVE_INFINITY : last * each;
    }

    private boolean normal(Offered offered) {
        double most = Math.max(TWICE * calm.p99Millis(), calm.p99Millis() + SLACK_MILLIS);
        return offered.good() >= NEARLY_ALL * offered.due() && offered.p99Millis() <= most;
    }
}
