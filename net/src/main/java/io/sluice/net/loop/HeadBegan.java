package io.sluice.net.loop;

/// Travels through a pipeline before the first bytes of a request head that had to wait until its protocol was known:
/// the clock of the head runs already.
///
/// @param leftNanos of the time a head may take
public record HeadBegan(long leftNanos) {}
