package io.sluice.edge.filter.auth;

import io.sluice.core.identity.Principal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the claims of a token must say (RFC 7519 4.1) and whom they name. `exp` must be there. Immutable.
final class ClaimRules {
    private static final Set<String> TYPES = Set.of("user", "service", "device");
    private static final int LONGEST_SUBJECT = 1024;

    private final @Nullable String issuer;
    private final List<String> audience;
    private final long skewMillis;
    private final String scopeClaim;
    private final String subjectClaim;
    private final Map<String, String> mapping;
    private final String provider;

    /// @param provider of the principals
    ClaimRules(JwtClaimsConfig config, String provider) {
        this.provider = provider;
        issuer = config.issuer();
        audience = config.audience();
        skewMillis = config.clockSkew().toMillis();
        scopeClaim = config.scopeClaim();
        subjectClaim = config.subjectClaim();
        mapping = config.claimsMapping();
    }

    /// @param nowMillis wall clock
    Verdict judge(Claims claims, long nowMillis) {
        Long end = claims.millis("exp");
        Long start = claims.millis("nbf");
        if (end == null) {
            return Verdict.NO_EXPIRY;
        }
        if (nowMillis >= end + skewMillis) {
            return Verdict.EXPIRED;
        }
        if (start == null ? claims.get("nbf") != null : nowMillis < start - skewMillis) {
            return Verdict.TOO_EARLY;
        }
        if (issuer != null && !issuer.equals(claims.get("iss"))) {
            return Verdict.WRONG_ISSUER;
        }
        if (!audience.isEmpty() && !forUs(claims.get("aud"))) {
            return Verdict.WRONG_AUDIENCE;
        }
        String subject = claims.text(subjectClaim);
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            return Verdict.NO_SUBJECT;
        }
        return new Verdict.Valid(principal(subject, end, claims), end + skewMillis);
    }

    private boolean forUs(@Nullable Object claim) {
        return claim instanceof List<?> values
                ? values.stream().anyMatch(value -> audience.contains(value))
                : claim != null && audience.contains(claim);
    }

    private Principal principal(String subject, long end, Claims claims) {
        String type = claims.text("typ");
        return new Principal(
                subject,
                type != null && TYPES.contains(type) ? type : "user",
                provider,
                Set.copyOf(claims.words(scopeClaim)),
                mapped(claims),
                Instant.ofEpochMilli(end));
    }

    private Map<String, String> mapped(Claims claims) {
        Map<String, String> values = new HashMap<>();
        mapping.forEach((claim, name) -> {
            String value = claims.line(claim);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }
}
