package io.sluice.proxy.attempt;

import io.sluice.net.http.RequestHead;
import io.sluice.proxy.upstream.Instance;

/// Turns the head of the exchange into the head for one instance. Runs once per attempt, so it must leave the head it
/// is given usable for the next one.
@FunctionalInterface
public interface HeadRewrite {
    RequestHead rewrite(RequestHead head, Instance instance);

    /// The head as it is.
    static HeadRewrite none() {
        return (head, instance) -> head;
    }
}
