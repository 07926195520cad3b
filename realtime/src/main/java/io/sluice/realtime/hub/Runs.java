package io.sluice.realtime.hub;

import java.util.Arrays;

/// Events that follow one another in one cohort, with no event of another cohort between them, make a run. This holds
/// for each run of what waits in a cohort its number, which grows over all cohorts of a loop, and where it ends.
final class Runs {
    private static final int SMALL = 8;
    private static final long[] NONE = {};

    /// The number above, the end below.
    private long[] runs = NONE;

    private int count;

    /// One more event.
    ///
    /// @param number of the run it belongs to, never smaller than the last one
    /// @param end index behind the event
    void add(int number, int end) {
        if (count > 0 && number(count - 1) == number) {
            count--;
        } else if (count == runs.length) {
            runs = Arrays.copyOf(runs, Math.max(1, count * 2));
        }
        runs[count++] = (long) number << 32 | end;
    }

    /// Number of the run with the byte at this index.
    int numberAt(int index) {
        return number(find(index));
    }

    /// Where the run with the byte at this index ends.
    int endAt(int index) {
        return end(find(index));
    }

    private int find(int index) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) > index) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private int number(int run) {
        return (int) (runs[run] >>> 32);
    }

    private int end(int run) {
        return (int) runs[run];
    }

    void clear() {
        count = 0;
        if (runs.length > SMALL) {
            runs = NONE;
        }
    }
}
