package io.sluice.realtime.hub;

import io.sluice.core.fail.FailureKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

final class CountingListener implements HubListener {
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger published = new AtomicInteger();
    final AtomicInteger delivered = new AtomicInteger();
    final AtomicInteger dropped = new AtomicInteger();
    final AtomicInteger slow = new AtomicInteger();
    final AtomicInteger historiesDropped = new AtomicInteger();
    final AtomicInteger unreadable = new AtomicInteger();
    final AtomicInteger gaps = new AtomicInteger();

    @Override
    public void opened(String face) {
        opened.incrementAndGet();
    }

    @Override
    public void closed(String face, @Nullable FailureKind why) {
        closed.incrementAndGet();
    }

    @Override
    public void published() {
        published.incrementAndGet();
    }

    @Override
    public void delivered(int members) {
        delivered.addAndGet(members);
    }

    @Override
    public void dropped(int members) {
        dropped.addAndGet(members);
    }

    @Override
    public void slow(String face) {
        slow.incrementAndGet();
    }

    @Override
    public void historyDropped() {
        historiesDropped.incrementAndGet();
    }

    @Override
    public void unreadable() {
        unreadable.incrementAndGet();
    }

    @Override
    public void gap() {
        gaps.incrementAndGet();
    }
}
