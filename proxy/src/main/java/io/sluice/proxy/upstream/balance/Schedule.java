package io.sluice.proxy.upstream.balance;

import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.PickContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The order in which instances take their turns: each as often as its share says, turns of one spread evenly. Immutable.
final class Schedule {
    /// Shares are rounded so that one round has about this many turns at most, but each instance at least one.
    static final int LONGEST_ROUND = 1000;

    private final Instance[] turns;

    private Schedule(Instance[] turns) {
        this.turns = turns;
    }

    static Schedule of(List<Instance> instances, Weighing weighing) {
        Instance[] all = instances.toArray(Instance[]::new);
        int[] counts = counts(all, weighing);
        int round = 0;
        for (int count : counts) {
            round += count;
        }
        Instance[] turns = new Instance[round];
        int[] credit = new int[all.length];
        for (int turn = 0; turn < round; turn++) {
            int next = 0;
            for (int i = 0; i < all.length; i++) {
                credit[i] += counts[i];
                if (credit[i] > credit[next]) {
                    next = i;
                }
            }
            credit[next] -= round;
            turns[turn] = all[next];
        }
        return new Schedule(turns);
    }

    /// Turns of each instance in one round.
    private static int[] counts(Instance[] all, Weighing weighing) {
        double[] shares = new double[all.length];
        double sum = 0;
        double least = Double.MAX_VALUE;
        boolean whole = true;
        for (int i = 0; i < all.length; i++) {
            shares[i] = weighing.share(all[i]);
            sum += shares[i];
            least = Math.min(least, shares[i]);
            whole &= shares[i] == Math.rint(shares[i]);
        }
        int[] counts = new int[all.length];
        double scale =
                whole && sum <= LONGEST_ROUND
                        ? 1
                        : Math.min(10 / least, Math.max(LONGEST_ROUND, all.length) / sum);
        int divisor = 0;
        for (int i = 0; i < all.length; i++) {
            counts[i] = (int) Math.max(1, Math.rint(shares[i] * scale));
            divisor = commonDivisor(counts[i], divisor);
        }
        for (int i = 0; i < all.length; i++) {
            counts[i] /= Math.max(divisor, 1);
        }
        return counts;
    }

    private static int commonDivisor(int a, int b) {
        return b == 0 ? a : commonDivisor(b, a % b);
    }

    /// The instance whose turn it is, or the next one in order that was not tried.
    @Nullable Instance at(int turn, PickContext context) {
        int length = turns.length;
        if (length == 0) {
            return null;
        }
        int start = Integer.remainderUnsigned(turn, length);
        Instance chosen = turns[start];
        if (context.attemptsMade() == 0) {
            return chosen;
        }
        for (int i = 0; i < length; i++) {
            int at = start + i;
            Instance other = turns[at < length ? at : at - length];
            if (!context.tried(other)) {
                return other;
            }
        }
        return chosen;
    }

    int length() {
        return turns.length;
    }
}
