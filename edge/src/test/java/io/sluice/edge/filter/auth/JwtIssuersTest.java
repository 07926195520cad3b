package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Several issuers in `auth.jwt.providers`.
final class JwtIssuersTest extends JwtScene {
    private static final String OTHER = AuthSettings.SECRET.replace('0', 'f');
    private static final String TWO =
            """
            auth:
              jwt:
                enabled: true
                clockSkew: 10
                subjectClaim: user
                providers:
                  - {name: a, issuer: A, audience: [x], secret: %s, subjectClaim: sub}
                  - {issuer: B, secret: %s, clockSkew: 0, claimsMapping: {org: tenant}}
            """
                    .formatted(AuthSettings.SECRET, OTHER);

    private final JwtAuthenticator two = make(TWO);
    private final Signer other = Signer.secret(JWSAlgorithm.HS256, OTHER);

    @Test
    void theIssuerOfATokenChoosesKeysAndRules() {
        assertThat(granted(two.authenticate(hs256.sign(claims("iss", "A", "aud", "x")))).provider())
                .isEqualTo("a");
        assertThat(denied(two.authenticate(hs256.sign(claims("iss", "A")))))
                .contains("another audience");
        Map<String, Object> ofB = claims("iss", "B", "user", "bob", "org", "t1");
        assertThat(granted(two.authenticate(other.sign(ofB))).subject()).isEqualTo("bob");
        assertThat(granted(two.authenticate(other.sign(ofB))).provider()).isEqualTo("B");
        assertThat(granted(two.authenticate(other.sign(ofB))).claims())
                .containsExactly(Map.entry("tenant", "t1"));
    }

    @Test
    void theKeyOfOneIssuerSignsForNoOther() {
        assertThat(denied(two.authenticate(other.sign(claims("iss", "A", "aud", "x")))))
                .contains("not accepted");
        assertThat(denied(two.authenticate(hs256.sign(claims("iss", "B", "user", "bob")))))
                .contains("not accepted");
    }

    @Test
    void aTokenOfNobodyWeTrustIsRefusedAsOneOfAnotherIssuer() {
        for (Object issuer : new Object[] {"C", "", "a", 7, List.of("A"), Map.of("A", "A")}) {
            assertThat(denied(two.authenticate(hs256.sign(claims("iss", issuer, "aud", "x")))))
                    .contains("another issuer");
        }
        assertThat(denied(two.authenticate(hs256.sign(claims("aud", "x")))))
                .contains("another issuer");
    }

    @Test
    void eachIssuerHasItsOwnClock() {
        granted(two.authenticate(hs256.sign(claims("iss", "A", "aud", "x", "exp", NOW - 9))));
        String late = other.sign(claims("iss", "B", "user", "bob", "exp", NOW));
        assertThat(denied(two.authenticate(late))).contains("expired");
    }

    @Test
    void keysBesideTheListAreOneMoreIssuer() {
        JwtAuthenticator jwt =
                make(
                        "auth: {jwt: {enabled: true, issuer: A, audience: x, secret: %s, providers: [{issuer: B, audience: y, secret: %s}]}}"
                                .formatted(AuthSettings.SECRET, OTHER));
        assertThat(granted(jwt.authenticate(hs256.sign(claims("iss", "A", "aud", "x")))).provider())
                .isEqualTo("jwt");
        granted(jwt.authenticate(other.sign(claims("iss", "B", "aud", "y"))));
        denied(jwt.authenticate(other.sign(claims("iss", "B", "aud", "x"))));
    }

    @Test
    void aTokenSeenBeforeIsRememberedWhoeverIssuedIt() {
        String first = hs256.sign(claims("iss", "A", "aud", "x"));
        String second = other.sign(claims("iss", "B", "user", "bob"));
        Authentication a = two.authenticate(first);
        Authentication b = two.authenticate(second);
        assertThat(two.authenticate(first)).isSameAs(a);
        assertThat(two.authenticate(second)).isSameAs(b);
        ticker.advance(Duration.ofMinutes(10));
        assertThat(two.authenticate(first)).isSameAs(a);
        assertThat(denied(two.authenticate(second))).contains("expired");
    }

    @Test
    void whatNoIssuerCouldBeToldByIsRefused() {
        assertThat(refused("providers: [{name: a}, {name: b, issuer: B, secret: short}]"))
                .containsExactly(
                        "gateway.auth.jwt.providers[0].issuer: is missing; with several issuers, it"
                                + " tells whose tokens these are",
                        "gateway.auth.jwt.providers[0]: has no publicKey, publicKeyFile, secret or"
                                + " jwksEndpoint",
                        "gateway.auth.jwt.providers[1].secret: has 5 bytes, expected at least 32 for"
                                + " HS256 (RFC 7518 3.2)");
        String keys = "jwksEndpoint: 'https://i.test/keys'";
        assertThat(refused(keys + ", providers: [{issuer: B, " + keys + "}]"))
                .containsExactly(
                        "gateway.auth.jwt.issuer: is missing; with providers beside, it tells which"
                                + " tokens the keys here verify");
        assertThat(refused(keys + ", issuer: A, providers: [{secret: short, name: b}]"))
                .first()
                .asString()
                .startsWith("gateway.auth.jwt.providers[0].issuer: is missing");
    }

    @Test
    void issuersAndNamesStandOnce() {
        String keys = "jwksEndpoint: 'https://i.test/keys'";
        assertThat(
                        refused(
                                "providers: [{issuer: A, %1$s}, {issuer: A, name: a, %1$s}, {issuer: B, name: a, %1$s}, {issuer: C, name: jwt, %1$s}, {issuer: D, name: a b, %1$s}]"
                                        .formatted(keys)))
                .containsExactly(
                        "gateway.auth.jwt.providers[1].issuer: 'A' is there before, expected it once",
                        "gateway.auth.jwt.providers[2].name: 'a' is taken, expected another one",
                        "gateway.auth.jwt.providers[3].name: 'jwt' is taken, expected another one",
                        "gateway.auth.jwt.providers[4].name: 'a b', expected letters and digits"
                                + " without spaces");
    }

    @Test
    void aDemandBesideTheListIsNeverLost() {
        String keys = "jwksEndpoint: 'https://i.test/keys'";
        assertThat(
                        refused(
                                "audience: [x], providers: [{issuer: A, %1$s}, {issuer: B, audience: [y], %1$s}]"
                                        .formatted(keys)))
                .singleElement()
                .asString()
                .startsWith("gateway.auth.jwt.providers[1]: has another issuer or audience");
    }

    private static List<String> refused(String jwt) {
        return AuthSettings.complaints("auth: {jwt: {enabled: true, " + jwt + "}}");
    }
}
