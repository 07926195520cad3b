package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A wire that writes down what it is given. A blocked one takes nothing, so everything stays queued.
final class RecordingWire implements Wire {
    private final Queue<String> written = new ConcurrentLinkedQueue<>();
    private final AtomicInteger flushes = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicLong queued = new AtomicLong();
    private volatile boolean blocked;
    private volatile @Nullable FailureKind closed;
    private volatile Runnable onWrite = () -> {};

    @Override
    public void write(ByteBuf framed) {
        queued.addAndGet(framed.readableBytes());
        writes.incrementAndGet();
        written.add(framed.toString(StandardCharsets.UTF_8));
        framed.release();
        onWrite.run();
    }

    @Override
    public void flush() {
        flushes.incrementAndGet();
        if (!blocked) {
            queued.set(0);
        }
    }

    @Override
    public long queuedBytes() {
        return queued.get();
    }

    @Override
    public void close(FailureKind why, String reason) {
        closed = why;
    }

    @Override
    public void cut() {}

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    void block() {
        blocked = true;
    }

    void unblock() {
        blocked = false;
        queued.set(0);
    }

    void onWrite(Runnable action) {
        onWrite = action;
    }

    /// Frames so far.
    List<String> lines() {
        String text = String.join("", written);
        return text.isEmpty() ? List.of() : new ArrayList<>(List.of(text.split("\n")));
    }

    int flushes() {
        return flushes.get();
    }

    int writes() {
        return writes.get();
    }

    @Nullable FailureKind closed() {
        return closed;
    }
}
