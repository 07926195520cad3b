package io.sluice.edge.filter.access;

import io.sluice.core.telemetry.Count;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that writes full buffers out. At most 256 buffers (16 MiB) exist; when the disk is slower than the
/// traffic for longer than that lasts, lines are dropped and counted.
final class LineWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final int BUFFERS = 256;

    private final OutputStream out;
    private final Count dropped;
    private final BlockingQueue<LineBuffer> full = new ArrayBlockingQueue<>(BUFFERS);
    private final ConcurrentLinkedQueue<LineBuffer> free = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;
    private boolean failing;

    LineWriter(OutputStream out, Count dropped) {
        this.out = out;
        this.dropped = dropped;
        this.thread = Thread.ofPlatform().name("access-log").daemon().start(this::run);
    }

    /// An empty buffer, or null when all are waiting for the disk.
    @Nullable LineBuffer take() {
        LineBuffer buffer = free.poll();
        if (buffer == null && made.get() < BUFFERS && made.incrementAndGet() <= BUFFERS) {
            buffer = new LineBuffer();
        }
        return buffer;
    }

    /// Takes over a buffer with lines.
    void give(LineBuffer buffer) {
        if (closing || !full.offer(buffer)) {
            drop(buffer.lines);
            giveBack(buffer);
        }
    }

    void drop(int lines) {
        dropped.add(lines);
    }

    private void giveBack(LineBuffer buffer) {
        buffer.reset();
        free.add(buffer);
    }

    private void run() {
        try {
            while (!closing || !full.isEmpty()) {
                LineBuffer buffer = full.poll(100, TimeUnit.MILLISECONDS);
                if (buffer != null) {
                    write(buffer);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(LineBuffer buffer) {
        try {
            out.write(buffer.bytes, 0, buffer.used);
            out.flush();
            failing = false;
        } catch (IOException broken) {
            drop(buffer.lines);
            if (!failing) {
                failing = true;
                LOG.atWarn()
                        .setMessage("access log cannot be written, lines are dropped")
                        .addKeyValue("error", broken.toString())
                        .log();
            }
        }
        giveBack(buffer);
    }

    /// Waits at most two seconds for what was given to be written.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
