package io.sluice.edge.filter.cors;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.config.ConfigContract;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Request;
import io.sluice.edge.FakeReply;
import io.sluice.edge.filter.FilterChain;
import io.sluice.net.http.HeaderName;
import io.sluice.net.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CorsFilterTest {
    private static final String APP = "https://app.test";
    private static final CorsConfig.Preflight STANDARD =
            new CorsConfig.Preflight(Duration.ofDays(1), false, 204);

    private String vary = "Accept-Encoding";
    private final ExchangeFixture fixture = new ExchangeFixture();
    private final AtomicInteger reached = new AtomicInteger();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPreflightIsAnsweredWithoutTheService() {
        FakeReply reply = run(credentials(APP), preflight(APP));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("GET, PUT");
        assertThat(reply.header("Access-Control-Allow-Headers")).isEqualTo("x-a, authorization");
        assertThat(reply.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("86400");
        assertThat(reply.header("Vary")).startsWith("Origin");
        assertThat(reached).hasValue(0);
    }

    @Test
    void aForeignOriginGetsNoCorsFields() {
        FakeReply asked = run(credentials(APP), preflight("https://evil.test"));
        FakeReply sent =
                run(credentials(APP), fixture.get("/a").header("Origin", "https://evil.test"));
        for (FakeReply reply : List.of(asked, sent)) {
            assertThat(reply.headers().toString()).doesNotContain("Access-Control-Allow");
            assertThat(reply.header("Vary")).contains("Origin");
        }
        assertThat(sent.status()).isEqualTo(200);
    }

    @Test
    void fieldsOfTheServiceAreReplacedNotDoubled() {
        FakeReply reply = run(credentials(APP), fixture.get("/a").header("Origin", APP));
        assertThat(reply.headers().all(HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN))
                .containsExactly(APP);
        assertThat(reply.header("Access-Control-Expose-Headers")).isEqualTo("X-Total");
        assertThat(reply.header("Vary")).isEqualTo("Accept-Encoding, Origin");
    }

    @Test
    void anyOriginIsAStarWithoutCredentialsAndANameWith() {
        FakeReply star = run(config(false, "*"), fixture.get("/a").header("Origin", APP));
        assertThat(star.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(star.header("Vary")).isEqualTo("Accept-Encoding");

        FakeReply named = run(credentials("*"), fixture.get("/a").header("Origin", APP));
        assertThat(named.header("Access-Control-Allow-Origin")).isEqualTo(APP);
        assertThat(named.header("Vary")).contains("Origin");
    }

    @Test
    void answersWithoutOriginSayThatTheyVary() {
        FakeReply reply = run(credentials(APP), fixture.get("/a"));
        assertThat(reply.header("Vary")).contains("Origin");
        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void anOriginMayHaveOneWildcard() {
        CorsConfig config = config(false, "https://*.app.test");
        assertThat(allowed(config, "https://a.app.test")).isTrue();
        assertThat(allowed(config, "https://a.b.app.test")).isTrue();
        assertThat(allowed(config, "https://.app.test")).isFalse();
        assertThat(allowed(config, "https://evil/.app.test")).isFalse();
        assertThat(allowed(config, "https://app.test")).isFalse();
        assertThat(allowed(config, "http://a.app.test")).isFalse();
    }

    @Test
    void preflightsCanBePassedOn() {
        CorsConfig config =
                new CorsConfig(
                        true,
                        List.of(APP),
                        List.of("GET"),
                        List.of("*"),
                        List.of(),
                        false,
                        new CorsConfig.Preflight(Duration.ZERO, true, 204));
        FakeReply reply = run(config, preflight(APP));
        assertThat(reached).hasValue(1);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers().all(HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN))
                .containsExactly(APP);
        assertThat(reply.header("Access-Control-Allow-Methods")).isEqualTo("GET");
    }

    @Test
    void optionsWithoutTheQuestionIsAnOrdinaryRequest() {
        run(credentials(APP), fixture.request("OPTIONS", "/a").header("Origin", APP));
        assertThat(reached).hasValue(1);
    }

    @Test
    void varyNamesTheOriginWhateverElseSoundsLikeIt() {
        vary = "X-Origin-Hint";
        assertThat(run(credentials(APP), fixture.get("/a").header("Origin", APP)).header("Vary"))
                .isEqualTo("X-Origin-Hint, Origin");
        vary = "accept-encoding, origin";
        assertThat(run(credentials(APP), fixture.get("/a").header("Origin", APP)).header("Vary"))
                .isEqualTo("accept-encoding, origin");
        vary = "*";
        assertThat(run(credentials(APP), fixture.get("/a").header("Origin", APP)).header("Vary"))
                .isEqualTo("*");
    }

    @Test
    void everyKeyOfTheConfigurationBinds() {
        ConfigContract.of(CorsConfig.class)
                .sample("allowedOrigins", "['https://a.test']")
                .sample("optionsSuccessStatus", "200")
                .verify();
    }

    private boolean allowed(CorsConfig config, String origin) {
        return run(config, fixture.get("/a").header("Origin", origin))
                        .header("Access-Control-Allow-Origin")
                != null;
    }

    private Request preflight(String origin) {
        return fixture.request("OPTIONS", "/a")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "x-a, authorization");
    }

    private FakeReply run(CorsConfig config, Request request) {
        var pair = request.open();
        new FilterChain(
                        List.of(new CorsFilter(config)),
                        exchange -> {
                            reached.incrementAndGet();
                            exchange.answer(
                                    Response.of(200, "text/plain", "ok")
                                            .with(HeaderName.VARY, vary)
                                            .with(HeaderName.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                                            .with(HeaderName.ACCESS_CONTROL_MAX_AGE, "1"));
                        })
                .handle(pair.exchange());
        return pair.reply();
    }

    private static CorsConfig credentials(String origin) {
        return config(true, origin);
    }

    private static CorsConfig config(boolean credentials, String origin) {
        return new CorsConfig(
                true,
                List.of(origin),
                List.of("GET", "PUT"),
                List.of("*"),
                List.of("X-Total"),
                credentials,
                STANDARD);
    }
}
