package io.sluice.edge.filter.auth;

import io.sluice.core.time.Ticker;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys of an endpoint beside configured ones. One fetch at a time, however many ask. Fetched again when the
/// cache duration has passed, and for an unknown key at most every 30 s. After a failure the next attempt
/// waits 1 s, then twice as long each time up to 60 s; keys at hand stay in force meanwhile.
final class JwksSource implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(JwksSource.class);
    static final Duration UNKNOWN_KEY_PAUSE = Duration.ofSeconds(30);
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final JwksFetch fetch;
    private final List<VerificationKey> configured;
    private final @Nullable SigningMethod method;
    private final long cacheNanos;
    private final Ticker ticker;
    private final AtomicReference<@Nullable CompletableFuture<KeyRing>> underWay =
            new AtomicReference<>();
    private volatile State state;

    /// @param text what the ring was made of; empty before the first success
    /// @param dueNanos when the ring should be fetched again anyway
    /// @param askNanos before this time no unknown key leads to a fetch
    /// @param failures in a row
    private record State(KeyRing ring, String text, long dueNanos, long askNanos, int failures) {}

    /// Starts the first fetch at once.
    JwksSource(
            JwksFetch fetch,
            List<VerificationKey> configured,
            @Nullable SigningMethod method,
            Duration cacheDuration,
            Ticker ticker) {
        this.fetch = fetch;
        this.configured = List.copyOf(configured);
        this.method = method;
        this.cacheNanos = cacheDuration.toNanos();
        this.ticker = ticker;
        long now = ticker.nanos();
        KeyRing ring = new KeyRing(configured, 0, KeyRing.State.AWAITED);
        this.state = new State(ring, "", now, now, 0);
        start();
    }

    @Override
    public KeyRing current() {
        State now = state;
        if (ticker.nanos() - now.dueNanos >= 0) {
            start();
        }
        return now.ring;
    }

    @Override
    public @Nullable CompletionStage<KeyRing> more() {
        CompletableFuture<KeyRing> running = underWay.get();
        if (running != null) {
            return running;
        }
        return ticker.nanos() - state.askNanos >= 0 ? start() : null;
    }

    @Override
    public void close() {
        fetch.close();
    }

    private CompletionStage<KeyRing> start() {
        CompletableFuture<KeyRing> mine = new CompletableFuture<>();
        CompletableFuture<KeyRing> running = underWay.compareAndExchange(null, mine);
        if (running != null) {
            return running;
        }
        Thread.ofVirtual().name("jwks-fetch").start(() -> run(mine));
        return mine;
    }

    private void run(CompletableFuture<KeyRing> waiting) {
        long started = ticker.nanos();
        try {
            state = fetched(fetch.get(), started);
        } catch (IOException | ParseException | RuntimeException e) {
            state = failed(e);
        } finally {
            underWay.set(null);
            waiting.complete(state.ring);
        }
    }

    private State fetched(String text, long started) throws ParseException {
        State before = state;
        if (before.failures > 0) {
            LOG.atInfo()
                    .addKeyValue("endpoint", fetch.endpoint())
                    .log("Signing keys can be fetched again.");
        }
        KeyRing ring = before.ring;
        if (!text.equals(before.text)) {
            List<VerificationKey> keys = JwksKeys.parse(text, method);
            if (keys.isEmpty()) {
                throw new ParseException("no key that can verify tokens", 0);
            }
            ring = ring.with(configured, keys);
        }
        return new State(
                ring, text, started + cacheNanos, started + UNKNOWN_KEY_PAUSE.toNanos(), 0);
    }

    private State failed(Exception why) {
        State before = state;
        int failures = before.failures + 1;
        long pause =
                Math.min(
                        FIRST_PAUSE.toNanos() << Math.min(before.failures, 10),
                        LONGEST_PAUSE.toNanos());
        boolean first = before.failures == 0;
        (first ? LOG.atWarn() : LOG.atDebug())
                .addKeyValue("endpoint", fetch.endpoint())
                .addKeyValue("reason", String.valueOf(why))
                .addKeyValue("failures", failures)
                .log("Signing keys could not be fetched; those at hand stay in force.");
        long again = ticker.nanos() + pause;
        boolean none = before.ring.state() == KeyRing.State.AWAITED;
        long ask = none ? again : Math.max(again, before.askNanos);
        return new State(before.ring, before.text, again, ask, failures);
    }
}
