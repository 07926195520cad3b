package io.sluice.net.http1;

import io.sluice.core.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The current Date value, made once a second. One per loop; loop thread only.
public final class DateValue {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);

    private final Ticker ticker;
    private long second = -1;
    private byte[] value = {};

    public DateValue(Ticker ticker) {
        this.ticker = ticker;
    }

    /// As it stands after `Date: `; not to be changed.
    public byte[] get() {
        long now = ticker.epochMillis() / 1000;
        if (now != second) {
            second = now;
            value = FORMAT.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
        }
        return value;
    }
}
