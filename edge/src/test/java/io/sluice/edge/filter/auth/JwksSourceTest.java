package io.sluice.edge.filter.auth;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import io.sluice.core.fail.Failure;
import io.sluice.core.time.ManualTicker;
import io.sluice.testkit.OriginHandlers;
import io.sluice.testkit.OriginServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JwksSourceTest {
    private static final long NOW = ManualTicker.START_MILLIS / 1000;
    private static final Duration PAUSE = JwksSource.UNKNOWN_KEY_PAUSE;

    private final ManualTicker ticker = new ManualTicker();
    private final OriginServer issuer = OriginServer.start("issuer");
    private final Signer old = Signer.rsa("old", JWSAlgorithm.RS256);
    private final Signer young = Signer.ec("young", JWSAlgorithm.ES256);
    private final List<Authenticator> made = new ArrayList<>();

    @AfterEach
    void stop() {
        made.forEach(Authenticator::close);
        issuer.close();
    }

    private JwtAuthenticator start(String more) {
        String endpoint = "http://127.0.0.1:" + issuer.port() + "/keys";
        AuthConfig config =
                AuthSettings.of(
                        "auth: {jwt: {enabled: true, jwksEndpoint: '"
                                + endpoint
                                + "'"
                                + more
                                + "}}");
        JwtAuthenticator jwt = AuthSettings.jwt(config, ticker);
        made.add(jwt);
        return jwt;
    }

    private void publish(Signer... signers) {
        publish(
                Arrays.stream(signers)
                        .map(signer -> signer.jwk().toJSONString())
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    private void publish(String json) {
        issuer.on("/keys", OriginHandlers.json(200, json));
    }

    private static String token(Signer signer) {
        return signer.sign(Map.of("sub", "alice", "exp", NOW + 100_000));
    }

    private static Authentication settled(Authentication outcome) {
        return outcome instanceof Authentication.Pending(var stage)
                ? stage.toCompletableFuture().orTimeout(30, SECONDS).join()
                : outcome;
    }

    private static boolean grants(JwtAuthenticator jwt, Signer signer) {
        return settled(jwt.authenticate(token(signer))) instanceof Authentication.Granted;
    }

    private static int refusal(JwtAuthenticator jwt, Signer signer) {
        Authentication outcome = settled(jwt.authenticate(token(signer)));
        assertThat(outcome).isInstanceOf(Authentication.Denied.class);
        Failure failure = ((Authentication.Denied) outcome).failure();
        assertThat(failure.retryAfterSeconds()).isEqualTo(failure.status() == 503 ? 1 : 0);
        return failure.status();
    }

    private int fetches() {
        return issuer.counts().requests();
    }

    @Test
    void usesTheKeysOfTheEndpoint() {
        publish(old, young, Signer.ed25519("ed"));
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        assertThat(grants(jwt, young)).isTrue();
        assertThat(refusal(jwt, Signer.stranger("old", JWSAlgorithm.RS256))).isEqualTo(401);
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void verifiesTokensOfEd25519Keys() {
        Signer ed = Signer.ed25519("ed");
        publish(ed);
        assertThat(grants(start(""), ed)).isTrue();
    }

    @Test
    void followsARotation() {
        publish(old);
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        publish(young);
        ticker.advance(PAUSE);
        assertThat(grants(jwt, young)).isTrue();
        assertThat(fetches()).isEqualTo(2);
        assertThat(refusal(jwt, old)).isEqualTo(401);
    }

    @Test
    void aHundredUnknownKeysAtOnceAreOneFetch() throws Exception {
        publish(old);
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        ticker.advance(PAUSE);
        issuer.on(
                "/keys",
                OriginHandlers.delayed(
                        Duration.ofMillis(300),
                        OriginHandlers.json(200, "{\"keys\":[" + old.jwk().toJSONString() + "]}")));

        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tokens.add(token(new Signer("kid-" + i, young.algorithm(), young.signer(), null)));
        }
        CountDownLatch together = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Authentication>> outcomes =
                    tokens.stream()
                            .map(token ->
                                    threads.submit(() -> {
                                        together.await();
                                        return settled(jwt.authenticate(token));
                                    }))
                            .toList();
            together.countDown();
            for (Future<Authentication> outcome : outcomes) {
                assertThat(outcome.get(30, SECONDS)).isInstanceOf(Authentication.Denied.class);
            }
        }
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void asksForUnknownKeysAtMostEveryThirtySeconds() {
        publish(old);
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        publish(old, young);
        ticker.advance(PAUSE.minusSeconds(1));
        for (int i = 0; i < 50; i++) {
            assertThat(refusal(jwt, young)).isEqualTo(401);
        }
        assertThat(fetches()).isEqualTo(1);
        ticker.advance(Duration.ofSeconds(1));
        assertThat(grants(jwt, young)).isTrue();
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void oldKeysServeWhileTheEndpointIsDown() {
        publish(old);
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        issuer.on("/keys", OriginHandlers.json(500, "{}"));
        for (int i = 0; i < 5; i++) {
            ticker.advance(Duration.ofHours(2));
            int before = fetches();
            assertThat(grants(jwt, old)).isTrue();
            await().until(() -> fetches() > before);
            assertThat(grants(jwt, old)).isTrue();
        }
    }

    @Test
    void keysAreFetchedAgainAfterTheirTime() {
        publish(old);
        JwtAuthenticator jwt = start(", jwksCacheDuration: 60");
        assertThat(grants(jwt, old)).isTrue();
        publish(young);
        ticker.advance(Duration.ofSeconds(60));
        await().until(() -> !grants(jwt, old));
        assertThat(refusal(jwt, old)).isEqualTo(401);
        assertThat(fetches()).isEqualTo(2);
    }

    @Test
    void answers503WhileKeysNeverCameAndBacksOff() {
        issuer.on("/keys", OriginHandlers.json(500, "{}"));
        JwtAuthenticator jwt = start("");
        assertThat(refusal(jwt, old)).isEqualTo(503);
        assertThat(fetches()).isEqualTo(1);
        for (int i = 0; i < 20; i++) {
            assertThat(refusal(jwt, old)).isEqualTo(503);
        }
        assertThat(fetches()).isEqualTo(1);

        long expected = 1;
        for (long pause : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            ticker.advance(Duration.ofSeconds(pause).minusMillis(1));
            assertThat(refusal(jwt, old)).isEqualTo(503);
            assertThat(fetches()).isEqualTo((int) expected);
            ticker.advance(Duration.ofMillis(1));
            assertThat(refusal(jwt, old)).isEqualTo(503);
            assertThat(fetches()).isEqualTo((int) ++expected);
        }
        publish(old);
        ticker.advance(Duration.ofSeconds(60));
        assertThat(grants(jwt, old)).isTrue();
    }

    @Test
    void refusedConnectionsAndBadAnswersAreFailures() {
        issuer.on("/keys", OriginHandlers.json(200, "{\"keys\":[]}"));
        assertThat(refusal(start(""), old)).isEqualTo(503);
        issuer.on("/keys", OriginHandlers.json(200, "[[[[[["));
        assertThat(refusal(start(""), old)).isEqualTo(503);
        issuer.on("/keys", OriginHandlers.json(302, "{}", "Location: /elsewhere"));
        assertThat(refusal(start(""), old)).isEqualTo(503);
        issuer.on("/keys", OriginHandlers.sized(JwksFetch.LARGEST_ANSWER + 1L));
        assertThat(refusal(start(""), old)).isEqualTo(503);
        issuer.refuse();
        assertThat(refusal(start(""), old)).isEqualTo(503);
        assertThat(issuer.seen()).noneMatch(request -> request.path().equals("/elsewhere"));
    }

    @Test
    void anEndpointThatTricklesIsGivenUp() {
        issuer.on("/keys", OriginHandlers.chunks(1000, 1, Duration.ofMillis(50)));
        JwksFetch fetch =
                new JwksFetch(
                        JwtKeysConfig.endpoint("http://127.0.0.1:" + issuer.port() + "/keys"),
                        Duration.ofMillis(300));
        try (fetch) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(fetch::get))
                    .isInstanceOf(java.io.IOException.class)
                    .hasMessageContaining("no answer within");
        }
        await().until(() -> issuer.counts().openRequests() == 0);
    }

    @Test
    void unusableKeysArePassedOver() {
        String secret =
                "{\"kty\":\"oct\",\"kid\":\"s\",\"k\":\"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE\"}";
        String broken = "{\"kty\":\"RSA\",\"kid\":\"b\"}";
        String encrypting = young.jwk().toJSONString().replaceFirst("\\{", "{\"use\":\"enc\",");
        String good = old.jwk().toJSONString();
        publish("{\"keys\":[" + String.join(",", secret, broken, "7", encrypting, good) + "]}");
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        assertThat(refusal(jwt, young)).isEqualTo(401);
        Signer forger = Signer.secret(JWSAlgorithm.HS256, "01234567890123456789012345678901");
        assertThat(refusal(jwt, forger)).isEqualTo(401);
    }

    @Test
    void aConfiguredMethodBindsTheEndpointToo() {
        publish(old, young);
        JwtAuthenticator jwt = start(", signingMethod: RS256");
        assertThat(grants(jwt, old)).isTrue();
        assertThat(refusal(jwt, young)).isEqualTo(401);
    }

    @Test
    void secretsTokensDoNotMakeItAsk() {
        publish(old);
        JwtAuthenticator jwt = start("");
        assertThat(grants(jwt, old)).isTrue();
        ticker.advance(PAUSE);
        Signer forger = Signer.secret(JWSAlgorithm.HS256, AuthSettings.SECRET);
        assertThat(refusal(jwt, forger)).isEqualTo(401);
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void tokensWithoutKidAreTriedAgainstFittingKeys() {
        Signer nameless = new Signer("", young.algorithm(), young.signer(), null);
        publish(old, young);
        assertThat(grants(start(""), nameless)).isTrue();
    }
}
