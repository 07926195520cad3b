package io.sluice.bench.realtime;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Median and range over the rounds.
record Spread(double median, double low, double high) {

    static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median =
                sorted.size() % 2 == 1
                        ? sorted.get(middle)
                        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    /// Each value divided by the other's of the same round.
    static Spread ratios(List<Double> values, List<Double> base) {
        int rounds = Math.min(values.size(), base.size());
        return of(IntStream.range(0, rounds).mapToObj(i -> values.get(i) / base.get(i)).toList());
    }

    @Override
    public String toString() {
        return Double.isNaN(median)
                ? "–"
                : String.format(Locale.ROOT, "%.2f (%.2f–%.2f)", median, low, high);
    }
}
