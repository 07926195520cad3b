package io.sluice.edge.filter.access;

import io.sluice.core.telemetry.Metrics;
import io.sluice.core.telemetry.Redaction;
import io.sluice.edge.filter.Filter;
import io.sluice.edge.filter.Phase;
import io.sluice.edge.filter.Step;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.RequestHead;
import io.sluice.net.loop.Loop;
import io.sluice.net.loop.PerLoop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One line of JSON for every request, written when its exchange is over. Lives as long as the process: a reload that
/// leaves its section as it is keeps it. The target is the client's, values of secret query parameters are hidden, and of
/// the header fields only `User-Agent` is written.
public final class AccessLog implements Filter, AutoCloseable {
    private static final int REFUSALS_A_SECOND = 40;

    private final LineWriter writer;
    private final PerLoop<AccessLines> lines;
    private final AtomicReference<@Nullable Allowance> refusals = new AtomicReference<>();

    /// @param loops how many loops the process has
    /// @param out closed by the caller, after this
    public AccessLog(OutputStream out, Redaction redaction, int loops, Metrics metrics) {
        this.writer =
                new LineWriter(
                        out,
                        metrics.counters(
                                        "gateway_access_log_dropped_total",
                                        "Access log lines that could not be written in time.")
                                .of());
        this.lines = new PerLoop<>(loops, () -> new AccessLines(writer, redaction));
    }

    /// Opens what `target` of the configuration names. A file that is moved away or deleted is made anew with the next
    /// write, so rotating it takes a rename and nothing else.
    ///
    /// @throws IOException when the file cannot be opened for appending
    public static OutputStream open(AccessLogConfig config) throws IOException {
        return config.target().equals(AccessLogConfig.STDOUT)
                ? new FileOutputStream(FileDescriptor.out)
                : new LogFile(Path.of(config.target()));
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Step apply(Exchange exchange) {
        // Kept from here, because a later filter may rewrite the target.
        RequestHead request = exchange.request();
        exchange.onEnd((over, ending) -> lines.of(over.loop()).write(over, request, ending));
        return Step.next();
    }

    /// One line, too, for input that never became a request and is refused with an answer, so that the answer can be found
    /// by its id; of a flood only so many a second.
    public void refused(Exchange exchange) {
        long now = exchange.loop().ticker().nanos();
        if (refusals(now).take(now)) {
            RequestHead unread = exchange.request();
            exchange.onEnd((over, ending) -> lines.of(over.loop()).write(over, unread, ending));
        }
    }

    private Allowance refusals(long now) {
        Allowance known = refusals.get();
        if (known != null) {
            return known;
        }
        Allowance first = new Allowance(REFUSALS_A_SECOND, now);
        Allowance other = refusals.compareAndExchange(null, first);
        return other != null ? other : first;
    }

    /// Writes what the loops hold and stops the thread. Not to be called on a loop.
    @Override
    public void close() {
        for (AccessLines own : lines.all()) {
            Loop loop = own.loop();
            if (loop != null && !loop.executor().isShuttingDown()) {
                loop.executor().submit(own::handOver).awaitUninterruptibly(1000);
            } else {
                own.handOver();
            }
        }
        writer.close();
    }
}
