package io.sluice.proxy.attempt;

import io.sluice.proxy.upstream.Balancer;
import io.sluice.proxy.upstream.Breaker;
import io.sluice.proxy.upstream.Service;

/// Everything about the calls of one route that does not depend on the request. Immutable, shared by all loops.
///
/// @param limits the clocks
/// @param retry when to try again
/// @param rewrite how the head is fitted to the instance
/// @param answers how the outcome reaches the client
/// @param lanes what the calls of a loop share
public record AttemptPlan(
        Service service,
        Balancer balancer,
        Breaker breaker,
        AttemptLimits limits,
        RetryPlan retry,
        HeadRewrite rewrite,
        AnswerPath answers,
        AttemptLanes lanes) {}
