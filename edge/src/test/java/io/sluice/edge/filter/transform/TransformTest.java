package io.sluice.edge.filter.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.core.identity.Principal;
import io.sluice.edge.ExchangeFixture;
import io.sluice.edge.ExchangeFixture.Pair;
import io.sluice.edge.filter.Step;
import io.sluice.edge.route.Lookup;
import io.sluice.edge.route.RouteRule;
import io.sluice.edge.route.RouteTable;
import io.sluice.net.http.HeaderName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformTest {
    private final ExchangeFixture fixture = new ExchangeFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/*, true, /api/v1/users, /users",
        "/api/v1/*, true, /api/v1, /",
        "/api/v1/*, true, /api/v1/, /",
        "/api/:v/*, true, /api/v1/users, /v1/users",
        "/api/v1/*, /api, /api/v1/users, /v1/users",
        "/api/v1/*, /api/, /api/v1/users, /v1/users",
        "/*, /api, /apis/users, /apis/users",
        "/*, /api, /other, /other"
    })
    void aPrefixIsTakenOff(String pattern, String strip, String path, String expected) {
        assertThat(rewritten(rule(pattern, strip, null), path)).isEqualTo(expected + "?q=%20");
    }

    @ParameterizedTest
    @CsvSource({
        "/old/{id}/*, /new/{*}/of/{id}, /old/7/a/b, /new/a/b/of/7",
        "/old/*, /new/{*}, /old, /new/",
        "/old/*, /new, /old/x, /new",
        "/old/{id}, /x-{id}.html, /old/a%2Fb, /x-a%2Fb.html",
        "/old/, /{*}, /old/x/, /x/"
    })
    void aTemplateIsFilled(String pattern, String template, String path, String expected) {
        assertThat(rewritten(rule(pattern, null, template), path)).isEqualTo(expected + "?q=%20");
    }

    @Test
    void aPathThatWouldHideDotSegmentsIsRefused() {
        RouteRule rule = rule("/old/{id}", null, "/new/.{id}");
        Pair pair = matched(rule, "/old/.%3Bx");
        assertThat(filter(rule).apply(pair.exchange())).isInstanceOf(Step.Refuse.class);
    }

    @Test
    void aRuleThatChangesNothingHasNoFilter() {
        assertThat(TargetFilter.of(rule("/a/*", null, null))).isNull();
        assertThat(TargetFilter.of(rule("/a/*", "false", null))).isNull();
        assertThat(TargetFilter.of(rule("/:a/*", "true", null))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "/a/*, , /b/{id}",
        "/a, , /b/{*}",
        "/a/:id, , /b/{id",
        "/a/:id, , b",
        "/a/*, yes, ",
        "/a/*, , /b/%zz"
    })
    void wrongChangesAreReported(
            String pattern, @Nullable String strip, @Nullable String template) {
        List<String> problems = new ArrayList<>();
        rule(pattern, strip, template).check((key, message) -> problems.add(key));
        assertThat(problems).containsExactly(strip == null ? "rewrite" : "stripPrefix");
    }

    @Test
    void theServiceHearsWhoAsks() {
        Pair pair = fixture.get("/a").open();
        pair.exchange()
                .principal(
                        new Principal(
                                "zo\u00eb 100%\r\n\u20ac",
                                "user", "jwt", Set.of("b:read", "a:write"), Map.of(), null));
        new IdentityFilter().apply(pair.exchange());
        assertThat(pair.sent().get(HeaderName.X_AUTH_SUBJECT))
                .isEqualTo("zo%C3%AB 100%25%0D%0A%E2%82%AC");
        assertThat(pair.sent().get(HeaderName.X_AUTH_TYPE)).isEqualTo("user");
        assertThat(pair.sent().get(HeaderName.X_AUTH_PROVIDER)).isEqualTo("jwt");
        assertThat(pair.sent().get(HeaderName.X_AUTH_SCOPES)).isEqualTo("a:write b:read");
    }

    @Test
    void mappedClaimsGoToTheServiceAsOneJsonObject() {
        Pair pair = fixture.get("/a").open();
        pair.exchange()
                .principal(
                        new Principal(
                                "s",
                                "user",
                                "jwt",
                                Set.of(),
                                Map.of("team", "b\u00e9", "mail", "a@b.test"),
                                null));
        new IdentityFilter().apply(pair.exchange());
        assertThat(pair.sent().get(HeaderName.X_AUTH_CLAIMS))
                .isEqualTo("{\"mail\":\"a@b.test\",\"team\":\"b%C3%A9\"}");
    }

    @Test
    void aPrefixComesOffWithItsParameters() {
        RouteRule rule = rule("/api/v1/*", "true", null);
        assertThat(rewritten(rule, "/api;a=1/v1;b/c;d")).isEqualTo("/c;d?q=%20");
        assertThat(rewritten(rule, "/api/v1;b")).isEqualTo("/?q=%20");
        assertThat(rewritten(rule, "/api/v1%3Bb/c")).isEqualTo("/c?q=%20");
    }

    @Test
    void nobodyIsNotNamed() {
        Pair pair = fixture.get("/a").open();
        new IdentityFilter().apply(pair.exchange());
        assertThat(pair.sent().isEmpty()).isTrue();
    }

    private String rewritten(RouteRule rule, String path) {
        Pair pair = matched(rule, path);
        assertThat(filter(rule).apply(pair.exchange())).isEqualTo(Step.next());
        return pair.exchange().request().target();
    }

    private Pair matched(RouteRule rule, String path) {
        Pair pair = fixture.get(path + "?q=%20").open();
        RouteTable<String> table =
                RouteTable.compile(List.of(RouteTable.Entry.of(rule, 0, "r")), (_, _) -> {});
        if (table.find(pair.exchange().request()) instanceof Lookup.Found<String> found) {
            pair.exchange().route(found.match());
        }
        return pair;
    }

    private static TargetFilter filter(RouteRule rule) {
        return Objects.requireNonNull(TargetFilter.of(rule));
    }

    private static RouteRule rule(
            String pattern, @Nullable String strip, @Nullable String template) {
        return new RouteRule("r", pattern, List.of(), List.of(), 0, strip, template, Map.of());
    }
}
