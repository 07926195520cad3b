package io.sluice.proxy.attempt;

import io.sluice.core.time.Ticker;

/// Retry of one route or service.
///
/// @param budget shared by all who retry under the same settings
public record RetryPlan(RetryPolicy policy, Backoff backoff, RetryBudget budget) {
    /// Only the free retry.
    public static RetryPlan off() {
        return new RetryPlan(
                RetryPolicy.OFF, Backoff.DEFAULTS, new RetryBudget(Ticker.system(), 0));
    }
}
