package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.core.config.ConfigContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthConfigTest {

    @Test
    void everyKeyCanBeSet() {
        ConfigContract.of(AuthConfig.class)
                .required("key", "a-key")
                .sample("jwksEndpoint", "http://idp.test/keys")
                .sample("secret", AuthSettings.SECRET)
                .verify();
        ConfigContract.of(AuthRuleConfig.class).verify();
    }

    @Test
    void defaultsAreTheOriginals() {
        AuthConfig config = AuthSettings.of("auth: {}\n");
        assertThat(config.required()).isFalse();
        assertThat(config.jwt().enabled()).isFalse();
        assertThat(config.jwt().keys().signingMethod()).isNull();
        assertThat(config.jwt().keys().jwksCacheDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(config.jwt().claims().scopeClaim()).isEqualTo("scope");
        assertThat(config.jwt().claims().subjectClaim()).isEqualTo("sub");
        assertThat(config.jwt().claims().clockSkew()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.jwt().places().headerName()).isEqualTo("Authorization");
        assertThat(config.apikey().places().headerName()).isEqualTo("X-API-Key");
        assertThat(config.apikey().hashKeys()).isFalse();
    }

    @Test
    void audienceMayBeATextOrAList() {
        assertThat(AuthSettings.of("auth: {jwt: {audience: a}}").jwt().claims().audience())
                .containsExactly("a");
        assertThat(AuthSettings.of("auth: {jwt: {audience: [a, b]}}").jwt().claims().audience())
                .containsExactly("a", "b");
    }

    @Test
    void keysMayBeAMapOrAList() {
        String map = "auth: {apikey: {enabled: true, keys: {k1: {key: x}}}}";
        String list = "auth: {apikey: {enabled: true, keys: [{id: k1, key: x}]}}";
        assertThat(AuthSettings.of(map).apikey().keys()).containsKey("k1");
        assertThat(AuthSettings.of(list)).isEqualTo(AuthSettings.of(map));
    }

    @Test
    void namesOfTheGuidesAreUnderstood() {
        AuthConfig config =
                AuthSettings.of(
                        """
                        auth:
                          jwt: {tokenHeader: X-Token, tokenQuery: token, tokenCookie: sid}
                          apikey: {header: X-Key, query: key}
                        """);
        assertThat(config.jwt().places().headerName()).isEqualTo("X-Token");
        assertThat(config.jwt().places().cookieName()).isEqualTo("sid");
        assertThat(config.apikey().places().headerName()).isEqualTo("X-Key");
        assertThat(config.apikey().places().queryParam()).isEqualTo("key");
    }

    @Test
    void aBlockOfARuleSaysWhatTheKeysBesideItSay() {
        AuthRuleConfig rule =
                new AuthRuleConfig(
                        null, null, List.of(), new AuthBlock(true, "jwt", List.of("events:read")));
        assertThat(rule.authRequired()).isTrue();
        assertThat(rule.authType()).isEqualTo("jwt");
        assertThat(rule.requiredScopes()).containsExactly("events:read");

        List<String> problems = new ArrayList<>();
        new AuthRuleConfig(false, "jwt", List.of(), new AuthBlock(true, "apikey", List.of()))
                .check((key, why) -> problems.add(key));
        assertThat(problems).containsExactly("auth.required", "auth.type");
    }

    @Test
    void anIssuerMayStandInAListOfOne() {
        String issuer =
                "{name: i, issuer: 'https://i.test', audience: [a], jwksEndpoint: 'https://i.test/keys',"
                        + " algorithm: ES256, clockSkew: 5, subjectClaim: user, scopeClaim: scp}";
        AuthConfig config =
                AuthSettings.of("auth: {jwt: {enabled: true, providers: [" + issuer + "]}}");
        assertThat(config.jwt().claims().issuer()).isEqualTo("https://i.test");
        assertThat(config.jwt().claims().audience()).containsExactly("a");
        assertThat(config.jwt().claims().clockSkew()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.jwt().claims().subjectClaim()).isEqualTo("user");
        assertThat(config.jwt().claims().scopeClaim()).isEqualTo("scp");
        assertThat(config.jwt().keys().jwksEndpoint()).isEqualTo("https://i.test/keys");
        assertThat(config.jwt().keys().signingMethod()).isEqualTo(SigningMethod.ES256);
    }

    @Test
    void anotherIssuerOrAudienceBesideTheOneInTheListIsRefused() {
        String yaml =
                "auth: {jwt: {enabled: true, %s, providers: [{issuer: b, audience: [y],"
                        + " jwksEndpoint: 'https://i.test/keys'}]}}";
        for (String beside : List.of("issuer: a", "audience: [x]", "audience: [y, x]")) {
            assertThat(AuthSettings.complaints(yaml.formatted(beside)))
                    .as(beside)
                    .singleElement()
                    .asString()
                    .contains("another issuer or audience");
        }
        JwtClaimsConfig same =
                AuthSettings.of(yaml.formatted("issuer: b, audience: y")).jwt().claims();
        assertThat(same.issuer()).isEqualTo("b");
        assertThat(same.audience()).containsExactly("y");
    }

    @Test
    void aKeyMayBeGivenByItsHashAlone() {
        String sha256OfSecret = "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";
        String keys = "auth: {apikey: {enabled: true, keys: [{name: k, %s}]}}";
        AuthSettings.of(keys.formatted("hashedKey: " + sha256OfSecret));
        AuthSettings.of(keys.formatted("key: secret, hashedKey: " + sha256OfSecret));
        assertThat(
                        AuthSettings.complaints(
                                keys.formatted("key: other, hashedKey: " + sha256OfSecret)))
                .singleElement()
                .asString()
                .contains("'k' has a key and the hashedKey of another one");
        assertThat(AuthSettings.complaints(keys.formatted("subject: me")))
                .singleElement()
                .asString()
                .contains("'k' has an empty key");
    }

    @Test
    void enabledWithoutAnyKeyIsRefused() {
        assertThat(AuthSettings.complaints("auth: {jwt: {enabled: true}}"))
                .singleElement()
                .asString()
                .contains("no publicKey, publicKeyFile, secret or jwksEndpoint");
    }

    @Test
    void aShortSecretIsRefusedForItsMethod() {
        assertThat(AuthSettings.complaints("auth: {jwt: {enabled: true, secret: short}}"))
                .singleElement()
                .asString()
                .contains("has 5 bytes, expected at least 32 for HS256");
        String secret = AuthSettings.SECRET.substring(0, 40);
        String yaml = "auth: {jwt: {enabled: true, signingMethod: HS512, secret: " + secret + "}}";
        assertThat(AuthSettings.complaints(yaml))
                .singleElement()
                .asString()
                .contains("at least 64 for HS512");
    }

    @Test
    void aMethodThatDoesNotFitItsKeyIsRefused() {
        String pem = Signer.rsa("k", JWSAlgorithm.RS256).pem().indent(6);
        assertThat(
                        AuthSettings.complaints(
                                "auth:\n  jwt:\n    enabled: true\n    signingMethod: ES256\n"
                                        + "    publicKey: |\n"
                                        + pem))
                .singleElement()
                .asString()
                .contains("does not fit signingMethod ES256");
        String yaml =
                "auth: {jwt: {enabled: true, signingMethod: RS256, secret: "
                        + AuthSettings.SECRET
                        + "}}";
        assertThat(AuthSettings.complaints(yaml))
                .singleElement()
                .asString()
                .contains("needs a public key and no secret");
    }

    @Test
    void anUnknownMethodAndNoneAreRefused() {
        for (String method : new String[] {"none", "RS1"}) {
            assertThat(AuthSettings.complaints("auth: {jwt: {signingMethod: " + method + "}}"))
                    .singleElement()
                    .asString()
                    .contains("expected one of");
        }
    }

    @Test
    void requiringWhatNobodyCanGiveIsRefused() {
        assertThat(AuthSettings.complaints("auth: {required: true}"))
                .singleElement()
                .asString()
                .contains("neither jwt, apikey nor mtls is enabled");
    }

    @Test
    void brokenKeysAreNamedByTheirId() {
        String yaml = "auth: {apikey: {enabled: true, hashKeys: true, keys: {k1: {key: abc}}}}";
        assertThat(AuthSettings.complaints(yaml))
                .singleElement()
                .asString()
                .contains("'k1'", "64 hex digits");
        String twice = "auth: {apikey: {enabled: true, keys: {a: {key: x}, b: {key: x}}}}";
        assertThat(AuthSettings.complaints(twice))
                .singleElement()
                .asString()
                .contains("has the same key as another one");
        String late = "auth: {apikey: {enabled: true, keys: {a: {key: x, expiresAt: soon}}}}";
        assertThat(AuthSettings.complaints(late))
                .singleElement()
                .asString()
                .contains("'a' has expiresAt 'soon'");
    }

    @Test
    void secretsAreNotShown() {
        String yaml =
                "auth: {jwt: {enabled: true, secret: "
                        + AuthSettings.SECRET
                        + "}, apikey: {enabled: true, keys: {k: {key: hush}}}}";
        AuthConfig config = AuthSettings.of(yaml);
        assertThat(config.toString()).doesNotContain(AuthSettings.SECRET).doesNotContain("hush");
    }

    @Test
    void unsupportedKeysAreWarnings() {
        assertThat(AuthSettings.load("auth: {apikey: {cookie: k}}").hasErrors()).isFalse();
        assertThat(AuthSettings.complaints("auth: {apikey: {cookie: k}}")).hasSize(1);
    }

    @Test
    void keysOfAFileStandBesideThoseListed(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("keys.yaml");
        String yaml = "auth: {apikey: {enabled: true, keys: {a: {key: x}}, keysFile: '%s'}}";
        Files.writeString(file, "keys:\n  b:\n    key: y\n    type: user\n");
        assertThat(AuthSettings.of(yaml.formatted(file)).apikey().all()).containsOnlyKeys("a", "b");

        assertThat(fileRefused(yaml, file, "keys: {a: {key: y}}"))
                .contains("apikey.keysFile", "has the key 'a', which stands under keys too");
        assertThat(fileRefused(yaml, file, "keys: {b: {key: x}}"))
                .contains("apikey.keys", "has the same key as another one");
        assertThat(fileRefused(yaml, file, "keys:\n  b: {secret: y}\n"))
                .contains("apikey.keysFile", "keys.yaml:2", "unknown key");
        assertThat(fileRefused(yaml, file, "")).contains("found no keys");
        Files.delete(file);
        assertThat(AuthSettings.complaints(yaml.formatted(file)))
                .singleElement()
                .asString()
                .contains("apikey.keysFile", "does not exist");
    }

    private static String fileRefused(String yaml, Path file, String keys) throws IOException {
        Files.writeString(file, keys);
        List<String> complaints = AuthSettings.complaints(yaml.formatted(file));
        assertThat(complaints).hasSize(1);
        return complaints.getFirst();
    }
}
