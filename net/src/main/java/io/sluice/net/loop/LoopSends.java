package io.sluice.net.loop;

import io.sluice.net.direct.DirectSends;
import io.sluice.net.direct.RingSends;
import io.sluice.net.direct.SingleSends;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How a loop sends to many: all in one system call once its ring stands, which is made when there is first something to
/// send, and one call for each until then or where there is no ring. Loop thread, but for [#hasRing].
final class LoopSends {
    private final Loop loop;
    private final RingPolicy rings;
    private final DirectSends single = new SingleSends();
    private volatile @Nullable RingSends ring;
    private boolean tried;

    LoopSends(Loop loop, RingPolicy rings) {
        this.loop = loop;
        this.rings = rings;
    }

    DirectSends now() {
        RingSends open = ring;
        if (open == null) {
            if (!tried && rings.wanted()) {
                prepare();
            }
            return single;
        }
        if (open.isBroken()) {
            close();
            rings.refused(new IOException("the kernel did not take what was to be sent"));
            return single;
        }
        return open;
    }

    /// Any thread.
    boolean hasRing() {
        return ring != null;
    }

    private void prepare() {
        tried = true;
        Offload.call(
                loop,
                () -> {
                    RingSends.prepare();
                    return true;
                },
                (_, refused) -> {
                    if (refused == null) {
                        open();
                    } else {
                        rings.refused(refused);
                    }
                });
    }

    private void open() {
        try {
            ring = RingSends.open();
        } catch (IOException refused) {
            rings.refused(refused);
        }
    }

    /// Frees the memory of the ring.
    void close() {
        RingSends open = ring;
        ring = null;
        if (open != null) {
            open.close();
        }
    }
}
