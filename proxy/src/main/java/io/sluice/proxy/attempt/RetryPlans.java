package io.sluice.proxy.attempt;

import io.sluice.core.life.Staged;
import io.sluice.core.time.Ticker;

/// The retry plans of the process. Outlives reloads, so that a budget that is used up stays so while its settings do.
/// Any thread, not a loop.
public final class RetryPlans {
    private record Kept(RetrySettings settings, RetryPlan plan) {}

    private final Ticker ticker;
    private final Staged<Kept> kept = new Staged<>();

    public RetryPlans(Ticker ticker) {
        this.ticker = ticker;
    }

    /// The plan for a route to a service: the route's own when its id is configured, else the service's, whose budget
    /// all its routes share.
    public RetryPlan of(RetryConfig config, String routeId, String service) {
        if (!config.enabled()) {
            return RetryPlan.off();
        }
        RetrySettings own = config.routes().get(routeId);
        return own != null
                ? keep("route:" + routeId, own)
                : keep(
                        "service:" + service,
                        config.services().getOrDefault(service, config.fallback()));
    }

    private RetryPlan keep(String name, RetrySettings settings) {
        return kept.of(
                        name,
                        old -> old.settings().equals(settings),
                        () -> new Kept(settings, plan(settings)))
                .plan();
    }

    /// What was prepared is in force from now on.
    public void commit() {
        kept.commit();
    }

    /// What was prepared is not going to be used.
    public void abandon() {
        kept.abandon();
    }

    private RetryPlan plan(RetrySettings settings) {
        return new RetryPlan(
                settings.policy(),
                settings.backoff(),
                new RetryBudget(ticker, settings.budgetRatio()));
    }
}
