package io.sluice.edge.filter.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.util.Base64URL;
import io.sluice.core.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// Tokens signed with one shared secret by HS256, HS384 or HS512, as the chat services issue them: the secret may be of
/// any length, and `exp` may be missing. Any thread; does not block.
public final class SharedSecretTokens {
    /// Least length of a secret that cannot be guessed from a token (RFC 7518 3.2), in bytes.
    public static final int SAFE_BYTES = 32;

    private static final String PROVIDER = "jwt";
    private static final int LONGEST_SUBJECT = 256;
    private static final Map<JWSAlgorithm, String> MACS =
            Map.of(
                    JWSAlgorithm.HS256, "HmacSHA256",
                    JWSAlgorithm.HS384, "HmacSHA384",
                    JWSAlgorithm.HS512, "HmacSHA512");

    private final byte[] secret;
    private final String subjectClaim;
    private final List<String> passedOn;

    /// @param secret its UTF-8 bytes are the key; not empty
    /// @param subjectClaim claim that names the caller; a token without it is refused
    /// @param passedOn claims that the principal carries, as they are called
    public SharedSecretTokens(String secret, String subjectClaim, List<String> passedOn) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("secret: empty, expected some text");
        }
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.subjectClaim = subjectClaim;
        this.passedOn = List.copyOf(passedOn);
    }

    /// Whether the secret is as long as the standard asks for.
    public boolean isSafe() {
        return secret.length >= SAFE_BYTES;
    }

    /// Whose token it is.
    ///
    /// @param nowMillis wall clock
    /// @return null for a token that is not good, for whatever reason
    public @Nullable Principal principal(String token, long nowMillis) {
        JWSObject parsed = parse(token);
        if (parsed == null || !signed(parsed)) {
            return null;
        }
        Map<String, Object> members = parsed.getPayload().toJSONObject();
        return members == null ? null : principal(new Claims(members), nowMillis);
    }

    private static @Nullable JWSObject parse(String token) {
        if (token.length() > TokenVerifier.LONGEST_TOKEN) {
            return null;
        }
        try {
            return JWSObject.parse(token);
        } catch (ParseException | RuntimeException malformed) {
            return null;
        }
    }

    private boolean signed(JWSObject token) {
        JWSHeader head = token.getHeader();
        String mac = MACS.get(head.getAlgorithm());
        return mac != null
                && head.getCriticalParams() == null
                && head.isBase64URLEncodePayload()
                && MessageDigest.isEqual(
                        mac(mac, token.getSigningInput()), token.getSignature().decode());
    }

    private byte[] mac(String algorithm, byte[] input) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret, algorithm));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is missing", e);
        }
    }

    private @Nullable Principal principal(Claims claims, long nowMillis) {
        Long end = claims.millis("exp");
        Long start = claims.millis("nbf");
        boolean tooLate = end == null ? claims.get("exp") != null : nowMillis >= end;
        boolean tooEarly = start == null ? claims.get("nbf") != null : nowMillis < start;
        String subject = claims.line(subjectClaim);
        if (tooLate
                || tooEarly
                || subject == null
                || subject.isBlank()
                || subject.length() > LONGEST_SUBJECT) {
            return null;
        }
        Map<String, String> facts = new HashMap<>();
        for (String name : passedOn) {
            String value = claims.text(name);
            if (value != null) {
                facts.put(name, value);
            }
        }
        Instant expiry = end == null ? null : Instant.ofEpochMilli(end);
        return new Principal(subject, "user", PROVIDER, Set.of(), facts, expiry);
    }

    /// A token of our own, by HS256.
    ///
    /// @param facts further claims
    /// @param expiresAtMillis when it ends, in milliseconds since the epoch
    public String issue(String subject, Map<String, String> facts, long expiresAtMillis) {
        Map<String, Object> claims = new LinkedHashMap<>(facts);
        claims.put(subjectClaim, subject);
        claims.put("exp", expiresAtMillis / 1000);
        JWSHeader head = new JWSHeader(JWSAlgorithm.HS256);
        Payload payload = new Payload(claims);
        try {
            String input = head.toBase64URL() + "." + payload.toBase64URL();
            byte[] mac = mac("HmacSHA256", input.getBytes(StandardCharsets.US_ASCII));
            return new JWSObject(head.toBase64URL(), payload.toBase64URL(), Base64URL.encode(mac))
                    .serialize();
        } catch (ParseException e) {
            throw new IllegalStateException("our own token does not parse", e);
        }
    }
}
