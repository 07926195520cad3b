package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.sluice.core.identity.Principal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class JwtAuthenticatorTest extends JwtScene {

    @Test
    void acceptsEverySecretMethod() {
        for (JWSAlgorithm algorithm :
                List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
            JwtAuthenticator jwt = secretly(", signingMethod: " + algorithm);
            String token = Signer.secret(algorithm, AuthSettings.SECRET).sign(claims());
            assertThat(granted(jwt.authenticate(token)).subject()).isEqualTo("alice");
        }
    }

    @Test
    void acceptsEveryPublicKeyMethod() {
        List<Signer> signers =
                List.of(
                        Signer.rsa("", JWSAlgorithm.RS256),
                        Signer.rsa("", JWSAlgorithm.RS384),
                        Signer.rsa("", JWSAlgorithm.RS512),
                        Signer.rsa("", JWSAlgorithm.PS256),
                        Signer.rsa("", JWSAlgorithm.PS384),
                        Signer.rsa("", JWSAlgorithm.PS512),
                        Signer.ec("", JWSAlgorithm.ES256),
                        Signer.ec("", JWSAlgorithm.ES384),
                        Signer.ec("", JWSAlgorithm.ES512),
                        Signer.ed25519(""));
        for (Signer signer : signers) {
            String method = "    signingMethod: " + signer.algorithm() + "\n";
            JwtAuthenticator jwt = publicly(signer, method);
            String token = signer.sign(claims());
            assertThat(granted(jwt.authenticate(token)).subject()).isEqualTo("alice");
            denied(jwt.authenticate(tampered(token)));
        }
    }

    private static String tampered(String token) {
        int dot = token.lastIndexOf('.');
        char other = token.charAt(dot + 5) == 'A' ? 'B' : 'A';
        return token.substring(0, dot + 5) + other + token.substring(dot + 6);
    }

    @Test
    void verifiesTheExampleOfRfc8037() throws Exception {
        String keys =
                """
                {"keys": [{"kty": "OKP", "crv": "Ed25519",
                  "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}
                """;
        String token =
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                        + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        VerificationKey key = JwksKeys.parse(keys, null).getFirst();
        assertThat(key.signed(com.nimbusds.jose.JWSObject.parse(token))).isTrue();
    }

    @Test
    void refusesUnsignedTokens() {
        String payload = encoded("{\"sub\":\"root\",\"exp\":" + (NOW + 600) + "}");
        for (String head :
                List.of("{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"\"}", "{}")) {
            denied(secretly("").authenticate(encoded(head) + "." + payload + "."));
            denied(secretly("").authenticate(encoded(head) + "." + payload + ".AAAA"));
        }
    }

    @Test
    void aPublicKeyIsNeverTakenForASecret() {
        Signer issuer = Signer.rsa("", JWSAlgorithm.RS256);
        JwtAuthenticator jwt = publicly(issuer, "");
        String forged = Signer.secret(JWSAlgorithm.HS256, issuer.pem()).sign(claims());
        assertThat(denied(jwt.authenticate(forged))).contains("not accepted");
    }

    @Test
    void acceptsOnlyTheConfiguredMethodOfAKey() {
        Signer issuer = Signer.rsa("", JWSAlgorithm.RS256);
        JWSHeader other = new JWSHeader(JWSAlgorithm.PS256);
        JwtAuthenticator jwt = publicly(issuer, "");
        denied(jwt.authenticate(issuer.sign(other, claims())));
        granted(jwt.authenticate(issuer.sign(claims())));
    }

    @Test
    void ignoresKeysThatTheTokenBrings() {
        Signer stranger = Signer.stranger("", JWSAlgorithm.RS256);
        JWSHeader head =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .jwk(stranger.jwk())
                        .jwkURL(URI.create("http://127.0.0.1:1/keys"))
                        .x509CertURL(URI.create("http://127.0.0.1:1/cert"))
                        .build();
        JwtAuthenticator jwt = publicly(Signer.rsa("", JWSAlgorithm.RS256), "");
        denied(jwt.authenticate(stranger.sign(head, claims())));
    }

    @Test
    void refusesWhatItWouldHaveToUnderstand() {
        JWSHeader head =
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .criticalParams(Set.of("x"))
                        .customParam("x", "y")
                        .build();
        assertThat(denied(secretly("").authenticate(hs256.sign(head, claims()))))
                .contains("malformed");
    }

    @Test
    void checksTheTimes() {
        JwtAuthenticator jwt = secretly("");
        granted(jwt.authenticate(hs256.sign(claims("exp", NOW - 59))));
        assertThat(denied(jwt.authenticate(hs256.sign(claims("exp", NOW - 60)))))
                .contains("expired");
        granted(jwt.authenticate(hs256.sign(claims("nbf", NOW + 60))));
        assertThat(denied(jwt.authenticate(hs256.sign(claims("nbf", NOW + 61)))))
                .contains("not valid yet");
        assertThat(denied(jwt.authenticate(hs256.sign(claims("nbf", "soon")))))
                .contains("not valid yet");
        granted(jwt.authenticate(hs256.sign(claims("exp", 1e300))));
        assertThat(denied(jwt.authenticate(hs256.sign(claims("exp", -1e300))))).contains("expired");
    }

    @Test
    void demandsAnExpiry() {
        Map<String, Object> claims = claims();
        claims.remove("exp");
        assertThat(denied(secretly("").authenticate(hs256.sign(claims)))).contains("no expiry");
        assertThat(denied(secretly("").authenticate(hs256.sign(claims("exp", "never")))))
                .contains("no expiry");
    }

    @Test
    void checksIssuerAndAudience() {
        JwtAuthenticator jwt = secretly(", issuer: I, audience: [A, B]");
        granted(jwt.authenticate(hs256.sign(claims("iss", "I", "aud", "A"))));
        granted(jwt.authenticate(hs256.sign(claims("iss", "I", "aud", List.of("x", "B")))));
        assertThat(denied(jwt.authenticate(hs256.sign(claims("iss", "J", "aud", "A")))))
                .contains("issuer");
        assertThat(denied(jwt.authenticate(hs256.sign(claims("aud", "A"))))).contains("issuer");
        assertThat(denied(jwt.authenticate(hs256.sign(claims("iss", "I", "aud", "C")))))
                .contains("audience");
        assertThat(denied(jwt.authenticate(hs256.sign(claims("iss", "I"))))).contains("audience");
    }

    @Test
    void readsWhoIsAsking() {
        JwtAuthenticator jwt =
                secretly(
                        ", subjectClaim: user.id, scopeClaim: scp, "
                                + "claimsMapping: {tenant: org, roles: roles, https://e.test/plan: plan, user.age: age}");
        Principal principal =
                granted(
                        jwt.authenticate(
                                hs256.sign(
                                        claims(
                                                "user",
                                                Map.of("id", "bob", "age", 7),
                                                "scp",
                                                List.of("a", "b"),
                                                "typ",
                                                "service",
                                                "tenant",
                                                "t1",
                                                "roles",
                                                List.of("x", "y"),
                                                "https://e.test/plan",
                                                "gold"))));
        assertThat(principal.subject()).isEqualTo("bob");
        assertThat(principal.type()).isEqualTo("service");
        assertThat(principal.provider()).isEqualTo("jwt");
        assertThat(principal.scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(principal.claims())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("org", "t1", "roles", "x,y", "plan", "gold", "age", "7"));
        assertThat(principal.expiresAt()).hasToString("2026-01-01T00:10:00Z");
    }

    @Test
    void readsScopesFromATextAndKnowsOnlyThreeTypes() {
        Principal principal =
                granted(
                        secretly("")
                                .authenticate(
                                        hs256.sign(claims("scope", "a  b", "typ", "Bearer"))));
        assertThat(principal.scopes()).containsExactlyInAnyOrder("a", "b");
        assertThat(principal.type()).isEqualTo("user");
    }

    @Test
    void demandsASubject() {
        assertThat(denied(secretly("").authenticate(hs256.sign(claims("sub", "")))))
                .contains("subject");
        assertThat(denied(secretly("").authenticate(hs256.sign(claims("sub", " \t ")))))
                .contains("subject");
        assertThat(denied(secretly("").authenticate(hs256.sign(claims("sub", 7)))))
                .contains("subject");
    }

    @Test
    void overlongTokensAreNotRead() {
        String token = hs256.sign(claims("pad", "x".repeat(20_000)));
        assertThat(denied(secretly("").authenticate(token))).contains("malformed");
    }

    @Test
    void acceptsTheTypeOfAccessTokens() {
        JWSHeader head =
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("at+jwt"))
                        .build();
        granted(secretly("").authenticate(hs256.sign(head, claims())));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
