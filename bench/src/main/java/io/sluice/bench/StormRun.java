package io.sluice.bench;

import io.sluice.bench.OpenLoop.Offered;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds what a gateway can do, asks three times as much of it, and looks on while it recovers.
record StormRun(Peer peer, OpenLoop load) {
    private static final double STEP = 1.25;
    private static final int STEP_SECONDS = 3;
    private static final double WORTH_MORE = 1.02;
    private static final int STEPS_WITHOUT_GAIN = 2;
    private static final int MOST_STEPS = 20;
    private static final double TIMES = 3;
    private static final int PARTS = 6;
    private static final int PART_SECONDS = 5;
    private static final int WATCHED = 24;
    private static final double WATCH_SECONDS = 0.5;

    /// @param startRate requests a second that are certainly served
    Storm measure(double startRate) {
        System.out.printf("  warming %s%n", peer.name());
        load.offer(startRate, peer.warmSeconds());
        double best = best(startRate);
        Offered calm = say("half of it", load.offer(best / 2, STEP_SECONDS));
        List<Offered> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(say("3 times", load.offer(TIMES * best, PART_SECONDS)));
        }
        List<Offered> after = new ArrayList<>();
        for (int i = 0; i < WATCHED; i++) {
            after.add(load.offer(best / 2, WATCH_SECONDS));
        }
        Storm storm = new Storm(peer, best, calm, parts, after);
        System.out.printf(
                Locale.ROOT,
                "  %s: goodput %.2f of the best, normal again after %.1f s%n",
                peer.name(),
                storm.share(),
                storm.recoverySeconds(WATCH_SECONDS));
        return storm;
    }

    private double best(double startRate) {
        double best = 0;
        int without = 0;
        double rate = startRate;
        for (int i = 0; i < MOST_STEPS && without < STEPS_WITHOUT_GAIN; i++) {
            double good = say("best?", load.offer(rate, STEP_SECONDS)).goodPerSecond();
            without = good > best * WORTH_MORE ? 0 : without + 1;
            best = Math.max(best, good);
            rate *= STEP;
        }
        load.offer(startRate / 2, STEP_SECONDS);
        return best;
    }

    private Offered say(String what, Offered offered) {
        System.out.printf("  %-9s %-10s %s%n", peer.name(), what, offered);
        return offered;
    }
}
