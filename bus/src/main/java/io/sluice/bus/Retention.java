package io.sluice.bus;

import java.time.Duration;

/// How much of a numbered topic is kept for those who were away.
///
/// @param messages newest messages kept, at least 1
/// @param age how long after the last message anything is kept
public record Retention(int messages, Duration age) {
    public static final Retention STANDARD = new Retention(100, Duration.ofMinutes(5));

    public Retention {
        if (messages < 1 || age.isNegative() || age.isZero()) {
            throw new IllegalArgumentException(
                    "retention of " + messages + " for " + age + ", expected more than nothing");
        }
    }
}
