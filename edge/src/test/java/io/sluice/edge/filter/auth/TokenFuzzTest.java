package io.sluice.edge.filter.auth;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import io.sluice.core.time.ManualTicker;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/// Nothing that is not signed with our key gets in, and nothing makes the check throw.
class TokenFuzzTest {
    private static final KeyRing RING =
            KeyRing.fixed(List.of(SecretKeys.of(AuthSettings.SECRET, null)));
    private static final String GOOD =
            Signer.secret(JWSAlgorithm.HS256, AuthSettings.SECRET)
                    .sign(java.util.Map.of("sub", "alice", "exp", 4_000_000_000L));

    private final TokenVerifier verifier =
            new TokenVerifier(new ClaimRules(AuthSettings.of("auth: {}").jwt().claims(), "jwt"));
    private final TrustedIssuers issuers =
            new TrustedIssuers(List.of(trusted("https://a.test"), trusted("https://b.test")));

    private TrustedIssuer trusted(String name) {
        return new TrustedIssuer(name, verifier, KeySource.fixed(RING));
    }

    @FuzzTest
    void noInputIsAccepted(byte[] bytes) {
        refuse(new String(bytes, StandardCharsets.ISO_8859_1));
        keysOf(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property
    void randomBytesAreRefused(@ForAll byte[] bytes) {
        noInputIsAccepted(bytes);
    }

    @Property
    void aHeadThatIsNoObjectIsRefused(
            @ForAll("notObjects") String head, @ForAll("notObjects") String payload) {
        refuse(encoded(head) + '.' + encoded(payload) + ".AAAA");
    }

    @Provide
    Arbitrary<String> notObjects() {
        return Arbitraries.of("null", "", " ", "[]", "1", "true", "\"a\"", "{", "[".repeat(5_000));
    }

    @Property
    void aChangedTokenIsRefused(@ForAll @Size(min = 1, max = 4) List<Integer> places) {
        StringBuilder changed = new StringBuilder(GOOD);
        for (int place : places) {
            int at = Math.floorMod(place, changed.length());
            changed.setCharAt(at, (char) ('!' + Math.floorMod(place, 90)));
        }
        if (!sameBytes(changed.toString())) {
            refuse(changed.toString());
        }
    }

    @Property
    void anyHeadAndPayloadWithoutASignatureAreRefused(@ForAll String head, @ForAll String payload) {
        refuse(encoded(head) + '.' + encoded(payload) + '.');
        refuse(encoded("{\"alg\":\"HS256\"," + head) + '.' + encoded(payload) + ".AAAA");
    }

    private void refuse(String token) {
        JWSObject parsed = TokenVerifier.parse(token);
        if (parsed == null) {
            return;
        }
        if (verifier.verify(parsed, RING, ManualTicker.START_MILLIS) instanceof Verdict.Valid) {
            throw new AssertionError("accepted: " + token);
        }
        if (issuers.of(parsed) instanceof TrustedIssuer(String name, _, _) && name == null) {
            throw new AssertionError("any issuer: " + token);
        }
    }

    private static void keysOf(String text) {
        try {
            JwksKeys.parse(text, null);
        } catch (ParseException e) {
            // Refused, as it should be.
            return;
        }
    }

    /// The last character of a base64url part may hold bits that do not count.
    private static boolean sameBytes(String token) {
        int dot = GOOD.lastIndexOf('.');
        return token.startsWith(GOOD.substring(0, dot + 1))
                && java.util.Arrays.equals(
                        bytes(token.substring(dot + 1)), bytes(GOOD.substring(dot + 1)));
    }

    private static byte[] bytes(String part) {
        return new com.nimbusds.jose.util.Base64URL(part).decode();
    }

    private static String encoded(String text) {
        return com.nimbusds.jose.util.Base64URL.encode(text).toString();
    }
}
