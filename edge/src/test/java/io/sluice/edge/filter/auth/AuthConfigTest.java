package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.core.config.ConfigContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

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
        assertThat(AuthSettings.load("auth: {apikey: {keysFile: keys.yaml}}").hasErrors())
                .isFalse();
        assertThat(AuthSettings.complaints("auth: {apikey: {keysFile: keys.yaml}}")).hasSize(1);
    }
}
