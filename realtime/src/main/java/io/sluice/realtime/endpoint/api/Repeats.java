package io.sluice.realtime.endpoint.api;

import io.sluice.core.identity.Principal;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.realtime.session.DedupeWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls that were done already: for five minutes a call with the idempotency key of an earlier one, of the same caller
/// to the same path, gets the earlier answer and does nothing. The key comes in the field `Idempotency-Key`, or as
/// `idempotencyKey` in the body. Known on this node only, and of 10,000 calls at most.
final class Repeats {
    static final HeaderName REPLAYED = HeaderName.of("Idempotency-Replayed");

    private static final HeaderName KEY = HeaderName.of("Idempotency-Key");
    private static final int LONGEST = 128;
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;

    @SuppressWarnings("ArrayRecordComponent") // never changed or compared
    private record Done(long print, byte[] answer) {}

    private final DedupeWindow<Done> done;

    Repeats(Ticker ticker) {
        this.done = new DedupeWindow<>(ticker, LENGTH, MOST, MOST_BYTES);
    }

    /// Notes the answer of a call that has a key.
    ///
    /// @return what was answered before; null when the call is to be done now
    /// @throws io.sluice.core.fail.GatewayException UNPROCESSABLE when the key was used with another body
    byte @Nullable [] before(Exchange exchange, Posted.Call call, Fields fields, byte[] answer) {
        String key = exchange.request().headers().get(KEY);
        if (key == null) {
            key = fields.text("idempotencyKey", LONGEST);
        } else if (key.isEmpty() || key.length() > LONGEST) {
            throw Fields.wrong("Idempotency-Key has 1 to " + LONGEST + " characters.");
        }
        if (key == null) {
            return null;
        }
        Principal caller = exchange.principal();
        String full =
                (caller == null ? "" : caller.subject())
                        + '\n'
                        + exchange.request().path()
                        + '\n'
                        + key;
        Done first = done.first(full, new Done(call.print(), answer));
        if (first != null && first.print() != call.print()) {
            throw Fields.wrong("This idempotency key was used with another body.");
        }
        return first == null ? null : first.answer();
    }
}
