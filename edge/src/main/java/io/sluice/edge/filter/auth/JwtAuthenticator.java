package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JWSObject;
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
    private final TrustedIssuers issuers;
    private final TokenCache cache;
    private final Ticker ticker;

    /// A token that is being checked, and who it is to be from.
    private record Question(String token, JWSObject parsed, TrustedIssuer issuer) {}

    JwtAuthenticator(TokenPlaces places, TrustedIssuers issuers, Ticker ticker) {
        this.places = places;
        this.issuers = issuers;
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
        issuers.close();
    }

    Authentication authenticate(String token) {
        Authentication.Granted known = cache.get(token, ticker.epochMillis());
        return known != null ? known : check(token);
    }

    private Authentication check(String token) {
        JWSObject parsed = TokenVerifier.parse(token);
        if (parsed == null) {
            return denied(Verdict.MALFORMED);
        }
        TrustedIssuer issuer = issuers.of(parsed);
        return issuer == null
                ? denied(Verdict.WRONG_ISSUER)
                : check(new Question(token, parsed, issuer), issuer.keys().current());
    }

    private Authentication check(Question asked, KeyRing ring) {
        return switch (verify(asked, ring)) {
            case Verdict.Valid valid -> remember(asked, valid, ring);
            case Verdict.Invalid invalid -> denied(invalid);
            case Verdict.KeyMissing _ -> ask(asked, ring);
        };
    }

    private Authentication ask(Question asked, KeyRing ring) {
        CompletionStage<KeyRing> more = asked.issuer.keys().more();
        if (more != null) {
            return new Authentication.Pending(more.thenApply(fresh -> checkAgain(asked, fresh)));
        }
        // A fetch may have ended since the ring was taken.
        KeyRing fresh = asked.issuer.keys().current();
        return fresh.generation() == ring.generation()
                ? unknownKey(ring)
                : checkAgain(asked, fresh);
    }

    /// On the loop, or on the thread that fetched.
    private Authentication checkAgain(Question asked, KeyRing fresh) {
        return switch (verify(asked, fresh)) {
            case Verdict.Valid valid -> remember(asked, valid, fresh);
            case Verdict.Invalid invalid -> denied(invalid);
            case Verdict.KeyMissing _ -> unknownKey(fresh);
        };
    }

    private Verdict verify(Question asked, KeyRing ring) {
        return asked.issuer.verifier().verify(asked.parsed, ring, ticker.epochMillis());
    }

    private Authentication remember(Question asked, Verdict.Valid valid, KeyRing ring) {
        Authentication.Granted granted = new Authentication.Granted(valid.principal());
        cache.put(
                asked.token,
                new TokenCache.Entry(
                        granted, valid.untilMillis(), asked.issuer.keys(), ring.generation()));
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
