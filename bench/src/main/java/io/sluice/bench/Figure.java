package io.sluice.bench;

/// What one peer came to in one case: medians over the rounds.
///
/// @param cpuPer100k CPU-seconds of the gateway process per 100,000 requests
/// @param ratio the same divided by nginx's of the same round
/// @param p99Millis 0 when the load does not tell
record Figure(
        String peer,
        double cpuPer100k,
        double ratio,
        double ratioLow,
        double ratioHigh,
        double p99Millis,
        long failed) {}
