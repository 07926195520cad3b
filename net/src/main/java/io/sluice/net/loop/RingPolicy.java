package io.sluice.net.loop;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether loops may have rings to send to many with, and the one word about it when they cannot. Any thread.
final class RingPolicy {
    private static final Logger LOG = LoggerFactory.getLogger(RingPolicy.class);

    private final boolean wanted;
    private final AtomicBoolean told = new AtomicBoolean();

    private RingPolicy(boolean wanted) {
        this.wanted = wanted;
    }

    /// @param wanted whether a loop that sends to many looks for one
    static RingPolicy of(boolean wanted) {
        return new RingPolicy(wanted);
    }

    boolean wanted() {
        return wanted;
    }

    void refused(Throwable why) {
        if (told.compareAndSet(false, true)) {
            LOG.atInfo()
                    .addKeyValue("reason", why.getMessage())
                    .log(
                            "what many clients get is sent to one after the other, not through an io_uring");
        }
    }
}
