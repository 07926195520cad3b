package io.sluice.proxy.forward.http;

import io.sluice.proxy.upstream.CallResult;
import io.sluice.proxy.upstream.Instance;
import io.sluice.proxy.upstream.InstanceFeedback;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Remembers what instances were told to have done.
final class FeedbackLog implements InstanceFeedback {
    private final AtomicInteger active = new AtomicInteger();
    private final Queue<CallResult> results = new ConcurrentLinkedQueue<>();

    int active() {
        return active.get();
    }

    List<CallResult> results() {
        return List.copyOf(results);
    }

    @Override
    public void started(Instance instance) {
        active.incrementAndGet();
    }

    @Override
    public void answered(Instance instance, int status, long nanos) {}

    @Override
    public void finished(Instance instance, CallResult result) {
        active.decrementAndGet();
        results.add(result);
    }
}
