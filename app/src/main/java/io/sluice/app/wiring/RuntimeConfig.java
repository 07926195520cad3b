package io.sluice.app.wiring;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.net.loop.Transport;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Keys right below `gateway` about the process itself; the root record holds it inline.
public record RuntimeConfig(
        @Doc("Event loops; 0 for one per core.") @Default("0") int loops,
        @Doc(
                        "How sockets are driven: epoll, io_uring or nio; left out, epoll on Linux and nio elsewhere.")
                @Nullable Transport transport,
        @Doc(
                        "Whether what many clients get goes to all their sockets in one system call, through an io_uring of each loop. With epoll, without TLS, and where the kernel lets us; elsewhere one call for each.")
                @Default("true")
                boolean sendRings,
        @Doc("How long a drain may take before what is left is cut off.") @Default("30")
                Duration shutdownTimeout,
        @Doc("Between ready turning 503 and the listeners closing, for load balancers to notice.")
                @Default("0")
                Duration preStopDelay,
        @Doc(
                        "Connections that a drain tells to go at once; as many follow after a second, or sooner and more where half of shutdownTimeout would not do for all. 0 tells all at once.")
                @Default("500")
                int drainBatch)
        implements Checked {

    /// What stands in force when nothing is set.
    public static final RuntimeConfig DEFAULT =
            new RuntimeConfig(0, null, true, Duration.ofSeconds(30), Duration.ZERO, 500);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (loops < 0 || loops > 512) {
            problem.accept("loops", loops + ", expected 0 to 512");
        }
        if (transport != null && !transport.available()) {
            problem.accept("transport", transport.label() + ", which this machine does not have");
        }
        if (shutdownTimeout.isNegative()) {
            problem.accept("shutdownTimeout", shutdownTimeout + ", expected 0 or more");
        }
        if (drainBatch < 0) {
            problem.accept("drainBatch", drainBatch + ", expected 0 or more");
        }
        if (preStopDelay.isNegative()) {
            problem.accept("preStopDelay", preStopDelay + ", expected 0 or more");
        }
    }

    int loopCount() {
        return loops > 0 ? loops : Runtime.getRuntime().availableProcessors();
    }

    Transport transportOrBest() {
        return transport != null ? transport : Transport.preferred();
    }
}
