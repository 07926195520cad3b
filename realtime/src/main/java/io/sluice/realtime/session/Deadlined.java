package io.sluice.realtime.session;

/// Something with a deadline that may move at any time, and a seat in [Deadlines]. Loop thread.
public interface Deadlined {

    /// Monotonic nanoseconds at which something is due.
    long deadline();

    /// The deadline has passed. Take a seat again for another one.
    void due();

    /// Where it sits, as [#seat(int)] was told; -1 when it sits nowhere, and at first.
    int seat();

    void seat(int seat);
}
