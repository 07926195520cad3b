package io.sluice.proxy.upstream;

import io.sluice.net.http.Exchange;

/// What a balancer may look at when it picks. Valid during the call only.
public interface PickContext {
    /// The request: path, headers, client address; a balancer that issues a cookie leaves an
    /// [Exchange.AnswerEdit] here.
    Exchange exchange();

    /// Index of the loop the pick runs on, for per-loop state without locks.
    int loopIndex();

    /// Whether an earlier attempt of this exchange went to this instance.
    boolean tried(Instance instance);

    /// Attempts made before this pick; 0 at the first.
    int attemptsMade();
}
