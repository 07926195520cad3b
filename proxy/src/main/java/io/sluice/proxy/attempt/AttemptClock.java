package io.sluice.proxy.attempt;

/// Which of the clocks of a call ran out.
enum AttemptClock {
    /// One attempt waited too long for the head of its answer; another instance may be faster.
    HEAD,
    /// The time of the whole exchange is over.
    TOTAL,
    /// Nothing moved for too long.
    IDLE
}
