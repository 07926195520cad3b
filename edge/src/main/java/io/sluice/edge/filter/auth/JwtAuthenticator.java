package io.sluice.edge.filter.auth;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import io.sluice.core.time.Ticker;
import io.sluice.net.http.Exchange;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Bearer tokens that are signed JWTs. A token seen before costs one look-up; a new one costs a signature
/// check on the loop; one with an unknown key waits for the key endpoint, if there is one.
final class JwtAuthenticator implements Authenticator {
    static final String ID = "jwt";
    static final String INVALID_TOKEN = "Bearer error=\"invalid_token\"";
    private static final Authentication.Denied KEYS_AWAITED =
            new Authentication.Denied(
                    Failure.of(
                                    FailureKind.UNAVAILABLE,
                                    "The keys to check the token are not available.")
                            .retryAfter(1),
                    null);

    private final TokenPlaces places;
    private final TokenVerifier verifier;
    private final KeySource keys;
    private final TokenCache cache;
    private final Ticker ticker;

    JwtAuthenticator(TokenPlaces places, TokenVerifier verifier, KeySource keys, Ticker ticker) {
        this.places = places;
        this.verifier = verifier;
        this.keys = keys;
        this.cache = new TokenCache();
        this.ticker = ticker;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String challenge() {
        return "Bearer";
    }

    @Override
    public @Nullable Claim claim(Exchange exchange) {
        String token = places.take(exchange);
        return token == null ? null : () -> authenticate(token);
    }

    @Override
    public void close() {
        keys.close();
    }

    Authentication authenticate(String token) {
        KeyRing ring = keys.current();
        Authentication.Granted known = cache.get(token, ring.generation(), ticker.epochMillis());
        return known != null ? known : check(token, ring);
    }

    private Authentication check(String token, KeyRing ring) {
        return switch (verify(token, ring)) {
            case Verdict.Valid valid -> remember(token, valid, ring);
            case Verdict.Invalid invalid -> denied(invalid);
            case Verdict.KeyMissing _ -> ask(token, ring);
        };
    }

    private Authentication ask(String token, KeyRing ring) {
        CompletionStage<KeyRing> more = keys.more();
        if (more != null) {
            return new Authentication.Pending(more.thenApply(fresh -> checkAgain(token, fresh)));
        }
        // A fetch may have ended since the ring was taken.
        KeyRing fresh = keys.current();
        return fresh.generation() == ring.generation()
                ? unknownKey(ring)
                : checkAgain(token, fresh);
    }

    /// On the loop, or on the thread that fetched.
    private Authentication checkAgain(String token, KeyRing fresh) {
        return switch (verify(token, fresh)) {
            case Verdict.Valid valid -> remember(token, valid, fresh);
            case Verdict.Invalid invalid -> denied(invalid);
            case Verdict.KeyMissing _ -> unknownKey(fresh);
        };
    }

    private Verdict verify(String token, KeyRing ring) {
        return verifier.verify(token, ring, ticker.epochMillis());
    }

    private Authentication remember(String token, Verdict.Valid valid, KeyRing ring) {
        Authentication.Granted granted = new Authentication.Granted(valid.principal());
        cache.put(token, granted, valid.untilMillis(), ring.generation());
        return granted;
    }

    private static Authentication unknownKey(KeyRing ring) {
        return switch (ring.state()) {
            case COMPLETE -> denied(Verdict.UNKNOWN_KEY);
            case AWAITED -> KEYS_AWAITED;
        };
    }

    private static Authentication denied(Verdict.Invalid invalid) {
        return new Authentication.Denied(invalid.failure(), INVALID_TOKEN);
    }

    long remembered() {
        return cache.size();
    }
}
