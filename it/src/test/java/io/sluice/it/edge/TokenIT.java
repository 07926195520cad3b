package io.sluice.it.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.it.GatewayExtension;
import io.sluice.it.RunningGateway;
import io.sluice.testkit.OriginServer;
import io.sluice.testkit.RawHeaders;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TokenIT {
    private static final String NAME = TokenIssuer.NAME;
    private static final String AUDIENCE = "api.test";

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private final OriginServer origin = OriginServer.start("one");
    private final TokenIssuer issuer = new TokenIssuer();

    @AfterEach
    void close() {
        issuer.close();
        origin.close();
    }

    @Test
    void aTokenOfTheIssuerPassesAndTheServiceIsToldWhoAsks() {
        RunningGateway gateway = byEndpoint();

        assertThat(get(gateway, "/x", issuer.rs256(valid())).statusCode()).isEqualTo(200);
        assertThat(get(gateway, "/x", issuer.es256(valid())).statusCode()).isEqualTo(200);

        RawHeaders seen = origin.seen().getFirst().headers();
        assertThat(seen.all("X-Auth-Subject")).containsExactly("ann");
        assertThat(seen.all("X-Auth-Scopes")).containsExactly("api:read");
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void aSharedSecretVerifiesToo() {
        RunningGateway gateway =
                gateways.start(config("secret: " + TokenIssuer.SECRET + ", signingMethod: HS256"));

        assertThat(get(gateway, "/x", issuer.hs256(valid())).statusCode()).isEqualTo(200);
        isInvalid(get(gateway, "/x", issuer.rs256(valid())));
    }

    @Test
    void noTokenIs401WithAPlainChallenge() {
        HttpResponse<String> answer = byEndpoint().get("/x");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .anyMatch(value -> value.startsWith("Bearer"))
                .noneMatch(value -> value.contains("error="));
        assertThat(answer.body()).contains("\"error\":\"unauthorized\"");
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void whatAnIssuerWouldNotStandByIsInvalid() {
        RunningGateway gateway = byEndpoint();
        String now = "\"exp\":" + in(600);

        isInvalid(get(gateway, "/x", issuer.rs256(claims(NAME, AUDIENCE, "\"exp\":" + in(-600)))));
        isInvalid(get(gateway, "/x", issuer.rs256(claims(NAME, "other", now))));
        isInvalid(get(gateway, "/x", issuer.rs256(claims("https://evil.test", AUDIENCE, now))));
        isInvalid(
                get(
                        gateway,
                        "/x",
                        issuer.rs256(claims(NAME, AUDIENCE, now + ",\"nbf\":" + in(600)))));
        isInvalid(get(gateway, "/x", issuer.forged(valid())));
        isInvalid(get(gateway, "/x", issuer.confused(valid())));
        isInvalid(get(gateway, "/x", issuer.unsigned(valid())));
        isInvalid(get(gateway, "/x", "rubbish"));
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void aMissingScopeIs403() {
        RunningGateway gateway =
                gateways.start(
                        base().rule("requiredScopes: [api:write]")
                                .section(auth("jwksEndpoint: '" + issuer.jwks() + "'"))
                                .text());

        HttpResponse<String> answer = get(gateway, "/x", issuer.rs256(valid()));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .contains("error=\"insufficient_scope\"", "api:write");
        assertThat(answer.body()).contains("\"error\":\"forbidden\"");
    }

    @Test
    void skippedPathsAreWholeSegments() {
        RunningGateway gateway = byEndpoint();

        assertThat(gateway.get("/public/x").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/publicity/x").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/public/../x").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/public/%2e%2e/x").statusCode()).isNotEqualTo(200);
    }

    @Test
    void aClientCannotNameItselfOnASkippedPath() {
        assertThat(byEndpoint().get("/public/x", "X-Auth-Subject", "root").statusCode())
                .isEqualTo(200);
        assertThat(origin.seen().getFirst().headers().has("X-Auth-Subject")).isFalse();
    }

    @Test
    void noTokenCanBeCheckedWhileTheKeysCannotBeFetched() {
        issuer.close();

        HttpResponse<String> answer = get(byEndpoint(), "/x", issuer.rs256(valid()));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(origin.counts().requests()).isZero();
    }

    @Test
    void fetchedKeysSurviveAReloadWhileTheIssuerIsDown() {
        String first = config("jwksEndpoint: '" + issuer.jwks() + "'");
        RunningGateway gateway = gateways.start(first);
        assertThat(get(gateway, "/x", issuer.rs256(valid())).statusCode()).isEqualTo(200);
        issuer.close();

        gateway.rewrite(first.replace("skipPaths: [/public/]", "skipPaths: [/open/]"));
        assertThat(gateway.gateway().reload()).isTrue();

        assertThat(gateway.get("/public/x").statusCode()).isEqualTo(401);
        assertThat(gateway.get("/open/x").statusCode()).isEqualTo(200);
        assertThat(get(gateway, "/x", issuer.rs256(valid())).statusCode()).isEqualTo(200);
        assertThat(get(gateway, "/x", issuer.forged(valid())).statusCode()).isEqualTo(401);
        assertThat(issuer.fetches()).isEqualTo(1);
    }

    @Test
    void keysOfAnotherEndpointAreFetchedAnew() {
        RunningGateway gateway = byEndpoint();
        assertThat(get(gateway, "/x", issuer.es256(valid())).statusCode()).isEqualTo(200);
        String token = issuer.es256(valid());
        try (TokenIssuer other = new TokenIssuer()) {
            gateway.rewrite(config("jwksEndpoint: '" + other.jwks() + "'"));
            assertThat(gateway.gateway().reload()).isTrue();

            assertThat(get(gateway, "/x", token).statusCode()).isEqualTo(401);
            assertThat(get(gateway, "/x", other.es256(valid())).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aKeyTheIssuerReplacedIsFollowedWithoutAReload() {
        RunningGateway gateway =
                gateways.start(
                        config("jwksEndpoint: '" + issuer.jwks() + "', jwksCacheDuration: 1"));
        String before = issuer.es256(valid());
        assertThat(get(gateway, "/x", before).statusCode()).isEqualTo(200);

        issuer.rotate();

        String after = issuer.es256(valid());
        await().untilAsserted(
                        () -> assertThat(get(gateway, "/x", after).statusCode()).isEqualTo(200));
        isInvalid(get(gateway, "/x", before));
        assertThat(get(gateway, "/x", issuer.rs256(valid())).statusCode()).isEqualTo(200);
    }

    private static String valid() {
        return claims(NAME, AUDIENCE, "\"exp\":" + in(600));
    }

    private static String claims(String issuer, String audience, String more) {
        return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ann\",\"scope\":\"api:read\",%s}"
                .formatted(issuer, audience, more);
    }

    private static long in(long seconds) {
        return Instant.now().getEpochSecond() + seconds;
    }

    private static void isInvalid(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer")
                .contains("error=\"invalid_token\"");
    }

    private static HttpResponse<String> get(RunningGateway gateway, String target, String token) {
        return gateway.get(target, "Authorization", "Bearer " + token);
    }

    private RunningGateway byEndpoint() {
        return gateways.start(config("jwksEndpoint: '" + issuer.jwks() + "'"));
    }

    private String config(String keys) {
        return base().section(auth(keys)).text();
    }

    private GatewayText base() {
        return GatewayText.of(origin);
    }

    private static String auth(String keys) {
        return """
        auth:
          required: true
          providers: [jwt, apikey]
          skipPaths: [/public/]
          jwt: {enabled: true, issuer: '%s', audience: %s, %s}
        """
                .formatted(NAME, AUDIENCE, keys);
    }
}
