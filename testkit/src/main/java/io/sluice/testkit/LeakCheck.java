package io.sluice.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class that leaked a Netty buffer, with the places that touched it. Register with
/// `@ExtendWith(LeakCheck.class)`. The leak detector is at PARANOID for the whole run anyway; after the
/// class, a forced collection makes it report what is left. A leak of an earlier class without this
/// extension is thrown away before the class starts.
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final int COLLECTIONS = 50;

    /// The Redis client loses the read buffer of a connection that is still being made when the client is shut down:
    /// one each, at the end of a process.
    private static final String NOT_OURS =
            "io.lettuce.core.protocol.CommandHandler.channelRegistered";

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        if (!LeakRecorder.installed()) {
            throw new IllegalStateException(
                    "the leak recorder is not installed: "
                            + "is junit-platform-launcher on the class path?");
        }
        found();
    }

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        List<String> leaks = found();
        if (!leaks.isEmpty()) {
            throw new AssertionError(
                    leaks.size() + " leaked buffers:\n" + String.join("\n\n", leaks));
        }
    }

    /// Every leak since the last call, after collecting what is unreachable now.
    public static List<String> found() throws InterruptedException {
        collect();
        // What the first collection found reaches its queues in any order, but before what the next
        // one finds.
        collect();
        // A detector reports when it tracks the next object, so each kind of buffer is made once.
        touch(PooledByteBufAllocator.DEFAULT.directBuffer(16));
        touch(PooledByteBufAllocator.DEFAULT.heapBuffer(16));
        touch(UnpooledByteBufAllocator.DEFAULT.directBuffer(16));
        touch(ByteBufAllocator.DEFAULT.compositeBuffer());
        return LeakRecorder.take().stream().filter(leak -> !leak.contains(NOT_OURS)).toList();
    }

    private static void touch(ByteBuf buffer) {
        buffer.release();
    }

    /// Returns once a fresh unreachable object has passed through its reference queue, so that what was
    /// unreachable before has too.
    private static void collect() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        WeakReference<Object> sentinel = new WeakReference<>(new Object(), queue);
        try {
            for (int i = 0; i < COLLECTIONS; i++) {
                System.gc();
                if (queue.remove(100) != null) {
                    return;
                }
            }
            throw new IllegalStateException("the collector did not run");
        } finally {
            Reference.reachabilityFence(sentinel);
        }
    }
}
