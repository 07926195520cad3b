package io.sluice.realtime.history;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import java.time.Duration;

/// How much the channels of one pattern keep, an entry of `realtime.history`.
public record HistoryConfig(
        @Doc("Newest messages kept per channel; 0 keeps none.")
                @Default("100")
                @Range(min = 0, max = 10_000)
                int size,
        @Doc("How long a message is kept.") @Default("300s") Duration ttl,
        @Doc(
                        "Bytes of all kept messages of a channel; at most three quarters of outbox.queueBytes, as what a client missed must fit its outbox.")
                @Default("512KiB")
                @Bytes
                long maxBytes) {

    public static final HistoryConfig STANDARD =
            new HistoryConfig(100, Duration.ofMinutes(5), 512 * 1024);

    /// This, or less where it is more bytes.
    HistoryConfig within(long mostBytes) {
        return maxBytes <= mostBytes ? this : new HistoryConfig(size, ttl, mostBytes);
    }

    public boolean keepsNothing() {
        return size == 0 || ttl.isZero();
    }
}
