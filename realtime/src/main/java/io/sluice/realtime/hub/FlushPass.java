package io.sluice.realtime.hub;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes out, once per pass of the loop, what waits in cohorts and outboxes. The first that has something schedules
/// it; as a task it runs after all sockets that were ready have been read. Loop thread.
final class FlushPass implements Runnable {
    private static final int SMALL = 16;

    private final LoopHub hub;
    private final SendRound round;
    private @Nullable Cohort[] cohorts = new Cohort[SMALL];
    private int cohortCount;
    private @Nullable Outbox[] outboxes = new Outbox[SMALL];
    private int outboxCount;
    private boolean scheduled;
    private boolean flushing;

    /// Which got the latest event.
    private @Nullable Cohort latest;

    private int run;

    FlushPass(LoopHub hub) {
        this.hub = hub;
        this.round = new SendRound(hub.loop());
    }

    boolean anythingPending() {
        return cohortCount > 0;
    }

    void add(Cohort cohort) {
        if (cohort.listed) {
            return;
        }
        cohort.listed = true;
        if (cohortCount == cohorts.length) {
            cohorts = Arrays.copyOf(cohorts, cohortCount * 2);
        }
        cohorts[cohortCount++] = cohort;
        schedule();
    }

    void add(Outbox outbox) {
        if (outboxCount == outboxes.length) {
            outboxes = Arrays.copyOf(outboxes, outboxCount * 2);
        }
        outboxes[outboxCount++] = outbox;
        schedule();
    }

    /// Writes out one cohort before the pass, and flushes what it left in outboxes: their limits hold within a pass too.
    void writeAhead(Cohort cohort) {
        try {
            cohort.writeOut(round);
        } finally {
            round.send();
        }
        flushOutboxes();
    }

    /// Number of the run that an event now added to the cohort belongs to; see [Runs].
    int run(Cohort cohort) {
        if (latest != cohort) {
            latest = cohort;
            run++;
        }
        return run;
    }

    /// Whether more than one cohort had something for its members in this pass.
    boolean hasSeveral() {
        return cohortCount > 1;
    }

    private void schedule() {
        if (!scheduled) {
            scheduled = true;
            hub.loop().executor().execute(this);
        }
    }

    @Override
    public void run() {
        hub.enter();
        try {
            writeCohorts();
            flushOutboxes();
        } finally {
            scheduled = false;
            hub.exit();
        }
        shrink();
    }

    private void writeCohorts() {
        try {
            for (int i = 0; i < cohortCount; i++) {
                Cohort cohort = cohorts[i];
                cohorts[i] = null;
                if (cohort != null) {
                    cohort.listed = false;
                    cohort.writeOut(round);
                }
            }
        } finally {
            round.send();
        }
        latest = null;
        run = 0;
        cohortCount = 0;
    }

    /// Outboxes that get something while others are flushed are flushed too.
    private void flushOutboxes() {
        if (flushing) {
            return;
        }
        flushing = true;
        for (int i = 0; i < outboxCount; i++) {
            Outbox outbox = outboxes[i];
            outboxes[i] = null;
            if (outbox != null) {
                outbox.flushDirty();
            }
        }
        outboxCount = 0;
        flushing = false;
    }

    private void shrink() {
        if (cohorts.length > 1024) {
            cohorts = new Cohort[SMALL];
        }
        if (outboxes.length > 8192) {
            outboxes = new Outbox[SMALL];
        }
    }
}
