package io.sluice.realtime.endpoint.api;

import io.sluice.bus.Bus;
import io.sluice.bus.Table;
import io.sluice.core.fail.GatewayException;
import io.sluice.core.identity.Principal;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import io.sluice.net.http.HeaderName;
import io.sluice.net.loop.Offload;
import io.sluice.realtime.session.DedupeWindow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Calls that were done already: for five minutes a call with the idempotency key of an earlier one, of the same caller
/// to the same path, gets the earlier answer and does nothing. The key comes in the field `Idempotency-Key`, or as
/// `idempotencyKey` in the body. Known on all nodes while the shared server is there, and of 10,000 calls and
/// 8 MiB at most on this one in any case.
final class IdempotencyKeys {
    static final HeaderName REPLAYED = HeaderName.of("Idempotency-Replayed");

    private static final HeaderName KEY = HeaderName.of("Idempotency-Key");
    private static final int LONGEST = 128;
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 8 * 1024 * 1024;
    private static final String SHARED = "idempotency:";
    private static final String FIELD = "done";

    @SuppressWarnings("ArrayRecordComponent") // never changed or compared
    private record Done(long print, byte[] answer) {
        String text() {
            return print + "\n" + new String(answer, StandardCharsets.UTF_8);
        }

        static Done of(String text) {
            int end = text.indexOf('\n');
            return new Done(
                    Long.parseLong(text.substring(0, end)),
                    text.substring(end + 1).getBytes(StandardCharsets.UTF_8));
        }
    }

    private final DedupeWindow<Done> done;

    /// Null when no other node shares it.
    private final @Nullable Table shared;

    IdempotencyKeys(Ticker ticker, Bus bus) {
        this.done =
                new DedupeWindow<>(ticker, LENGTH, MOST, MOST_BYTES, one -> one.answer().length);
        this.shared = bus.alone() ? null : bus.table();
    }

    /// What is done with the outcome.
    @FunctionalInterface
    interface Then {
        /// On the loop of the call.
        ///
        /// @param answer what was answered before; null when the call is to be done now
        void go(byte @Nullable [] answer);
    }

    /// Notes the answer of a call that has a key. A call whose key was used with another body is refused with
    /// UNPROCESSABLE, and then nothing follows.
    ///
    /// @throws io.sluice.core.fail.GatewayException UNPROCESSABLE when there is something wrong with the key
    void before(Exchange exchange, Posted.Call call, Fields fields, byte[] answer, Then then) {
        String key = key(exchange, fields);
        Done mine = new Done(call.print(), answer);
        Done first = key == null ? null : done.first(key, mine);
        if (key == null || first != null || shared == null) {
            settle(exchange, mine, first, then);
            return;
        }
        Table table = shared;
        Offload.call(
                exchange.loop(),
                () -> elsewhere(table, key, mine),
                (found, _) -> settle(exchange, mine, found, then));
    }

    private static @Nullable String key(Exchange exchange, Fields fields) {
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
        return (caller == null ? "" : caller.subject())
                + '\n'
                + exchange.request().path()
                + '\n'
                + key;
    }

    /// Without the shared server this node goes by what it knows.
    private @Nullable Done elsewhere(Table table, String key, Done mine) {
        try {
            String before = table.putIfAbsent(SHARED + key, FIELD, mine.text(), LENGTH);
            if (before == null) {
                return null;
            }
            Done found = Done.of(before);
            done.forget(key);
            done.first(key, found);
            return found;
        } catch (GatewayException gone) {
            return null;
        }
    }

    private static void settle(Exchange exchange, Done mine, @Nullable Done first, Then then) {
        if (first == null) {
            then.go(null);
        } else if (first.print() == mine.print()) {
            then.go(first.answer());
        } else {
            exchange.fail(
                    Fields.wrong("This idempotency key was used with another body.").failure());
        }
    }
}
