package io.sluice.proxy.attempt;

/// Whether and how an exchange is tried again.
public enum RetryDecision {
    GIVE_UP,
    /// At once, at no charge: the pooled connection was stale, the service saw nothing.
    SILENT,
    /// At once, at no charge, and only at an instance not tried yet: this one could not even be reached.
    ELSEWHERE,
    /// After a pause, if the budget allows.
    COUNTED
}
