package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Instance;
import java.util.Arrays;
import java.util.List;

/// Points of all instances of a service on a circle of hashes. When an instance leaves, only its own keys move. Immutable.
final class Ring {
    static final int POINTS_PER_INSTANCE = 150;
    private static final int MOST_POINTS = 1 << 18;

    /// The low bits of a point hold the index of its instance.
    private static final long INDEX_MASK = 0xFFFF;

    private final List<Instance> instances;
    private final int[] weights;
    private final long[] points;

    private Ring(List<Instance> instances, int[] weights, long[] points) {
        this.instances = instances;
        this.weights = weights;
        this.points = points;
    }

    static Ring of(List<Instance> instances) {
        int size = (int) Math.min(instances.size(), INDEX_MASK);
        int[] weights = weights(instances, size);
        int[] counts = counts(weights);
        long[] points = new long[Arrays.stream(counts).sum()];
        int filled = 0;
        for (int i = 0; i < size; i++) {
            long seed = Hash64.of(instances.get(i).id());
            for (int point = 0; point < counts[i]; point++) {
                points[filled++] = Hash64.mix(seed + point) & ~INDEX_MASK | i;
            }
        }
        Arrays.sort(points);
        return new Ring(instances, weights, points);
    }

    private static int[] weights(List<Instance> instances, int size) {
        int[] weights = new int[size];
        for (int i = 0; i < size; i++) {
            weights[i] = Math.max(1, instances.get(i).weight());
        }
        return weights;
    }

    /// The lightest instance has [#POINTS_PER_INSTANCE] points, unless all together would have too many.
    private static int[] counts(int[] weights) {
        int lightest = Arrays.stream(weights).min().orElse(1);
        double sum = Arrays.stream(weights).asDoubleStream().sum() / lightest;
        double scale = Math.min(POINTS_PER_INSTANCE, MOST_POINTS / Math.max(sum, 1));
        int[] counts = new int[weights.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (int) Math.max(1, scale * weights[i] / lightest);
        }
        return counts;
    }

    /// Whether this is the ring of these instances with the weights they have now.
    boolean fits(List<Instance> others) {
        return instances.equals(others) && Arrays.equals(weights, weights(others, weights.length));
    }

    int size() {
        return points.length;
    }

    /// Position of the first point at or after the hash.
    int position(long hash) {
        int found = Arrays.binarySearch(points, hash & ~INDEX_MASK);
        int at = found >= 0 ? found : -found - 1;
        return at == points.length ? 0 : at;
    }

    /// Index, in the list the ring was made of, of the instance that owns a point.
    int owner(int position) {
        return (int) (points[position] & INDEX_MASK);
    }

    Instance instance(int index) {
        return instances.get(index);
    }
}
