package io.sluice.net.listen;

import io.sluice.core.fail.Failure;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Peer;
import io.sluice.net.http.Protocol;
import io.sluice.net.http.RefusalListener;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connections of one listener whose PROXY header was of no use: each is counted, and one a second is logged at most. They
/// get no answer and no line of the access log, and who sees them has often set up the balancer wrongly. Any thread.
final class HeaderRefusals implements RefusalListener {
    private static final Logger LOG = LoggerFactory.getLogger(HeaderRefusals.class);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final RefusalListener counters;
    private final Ticker ticker;

    /// Monotonic time from which the next line may be written.
    private final AtomicLong due;

    private final AtomicLong unsaid = new AtomicLong();

    HeaderRefusals(RefusalListener counters, Ticker ticker) {
        this.counters = counters;
        this.ticker = ticker;
        this.due = new AtomicLong(ticker.nanos());
    }

    @Override
    public void refused(Peer peer, Protocol protocol, Failure failure) {
        counters.refused(peer, protocol, failure);
        long now = ticker.nanos();
        long from = due.get();
        if (now - from >= 0 && due.compareAndSet(from, now + LINE_NANOS)) {
            LOG.atWarn()
                    .log(
                            "Connection from {} closed: {}; {} more since the last such line",
                            peer.address(),
                            failure.message(),
                            unsaid.getAndSet(0));
        } else {
            unsaid.incrementAndGet();
        }
    }
}
