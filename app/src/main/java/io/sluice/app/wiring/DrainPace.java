package io.sluice.app.wiring;

import java.time.Duration;

/// In what batches a drain tells connections to go, such that all are told in the first half of its time.
///
/// @param most how many at once; more than was asked for where even a batch with each look would not do
/// @param stepNanos between two batches, a second at most
record DrainPace(int most, long stepNanos) {
    private static final long LONGEST_STEP_NANOS = 1_000_000_000L;

    /// @param left connections to tell
    /// @param batch how many are to be told at once; 0 for all
    /// @param limit time of the whole drain
    /// @param look time between two chances to tell a batch
    static DrainPace of(int left, int batch, Duration limit, Duration look) {
        long half = limit.toNanos() / 2;
        long looks = Math.max(1, half / look.toNanos());
        int asked = batch == 0 ? Integer.MAX_VALUE : batch;
        int most = (int) Math.max(asked, Math.ceilDiv((long) left, looks));
        int pauses = Math.max(1, (left - 1) / most);
        return new DrainPace(most, Math.min(LONGEST_STEP_NANOS, half / pauses));
    }
}
