package io.sluice.edge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.net.http.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private final List<String> ties = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "/a, exact",
        "/a/, below",
        "/a/b, below",
        "/a/b/c, below",
        "/x, rest",
        "/x/, rest",
        "/x/y/z, rest",
        "/x/only, exact-x",
        "/p/1, parameter",
        "/p/me, literal",
        "/p/, 404",
        "/p/1/, 404",
        "/p/1/2, 404",
        "/s/, slash",
        "/s, 404",
        "/s/a, 404",
        "/A, 404",
        "/, 404",
        "/ab, 404"
    })
    void theMostSpecificPatternWinsWhateverTheOrder(String path, String id) {
        RouteTable<String> table =
                table(
                        RouteRule.of("rest", "/x/*"),
                        RouteRule.of("below", "/a/"),
                        RouteRule.of("exact", "/a"),
                        RouteRule.of("exact-x", "/x/only"),
                        RouteRule.of("parameter", "/p/:id"),
                        RouteRule.of("literal", "/p/me"),
                        RouteRule.of("slash", "/s/{$}"));
        assertThat(found(table, "GET", "", path)).isEqualTo(id);
        assertThat(ties).isEmpty();
    }

    @Test
    void anExactRuleWinsOverTheBarePrefixOfARest() {
        RouteTable<String> table = table(RouteRule.of("rest", "/x/*"), RouteRule.of("bare", "/x"));
        assertThat(found(table, "GET", "", "/x")).isEqualTo("bare");
        assertThat(found(table, "GET", "", "/x/")).isEqualTo("rest");
    }

    @Test
    void crossingPatternsAreDecidedFromTheLeft() {
        RouteTable<String> table =
                table(RouteRule.of("late", "/a/:x/c"), RouteRule.of("early", "/a/b/:y"));
        assertThat(found(table, "GET", "", "/a/b/c")).isEqualTo("early");
        assertThat(found(table, "GET", "", "/a/q/c")).isEqualTo("late");
    }

    @Test
    void aDeadEndGoesBackToTheNextBestPattern() {
        RouteTable<String> table =
                table(
                        RouteRule.of("all", "/*"),
                        RouteRule.of("deep", "/a/b/c"),
                        RouteRule.of("p", "/:x/b/d"));
        assertThat(found(table, "GET", "", "/a/b/d")).isEqualTo("p");
        assertThat(found(table, "GET", "", "/a/b/e")).isEqualTo("all");
    }

    @Test
    void aRuleForTheMethodWinsOverOneForAll() {
        RouteTable<String> table =
                table(RouteRule.of("any", "/a"), RouteRule.of("post", "/a").withMethods("POST"));
        assertThat(found(table, "POST", "", "/a")).isEqualTo("post");
        assertThat(found(table, "GET", "", "/a")).isEqualTo("any");
        assertThat(ties).isEmpty();
    }

    @Test
    void anUnknownMethodIsRefusedByTheMostSpecificPathOnly() {
        RouteTable<String> table =
                table(
                        RouteRule.of("all", "/*"),
                        RouteRule.of("read", "/admin/*").withMethods("GET"),
                        RouteRule.of("write", "/admin/**").withMethods("PUT", "DELETE"));
        assertThat(found(table, "POST", "", "/admin/x")).isEqualTo("405 GET, PUT, DELETE");
        assertThat(found(table, "PUT", "", "/admin/x")).isEqualTo("write");
        assertThat(found(table, "POST", "", "/other")).isEqualTo("all");
    }

    @Test
    void getIncludesHeadAndPseudoMethodsMeanGet() {
        RouteTable<String> table =
                table(
                        RouteRule.of("get", "/a").withMethods("get"),
                        RouteRule.of("ws", "/w").withMethods("WEBSOCKET", "SSE"));
        assertThat(found(table, "HEAD", "", "/a")).isEqualTo("get");
        assertThat(found(table, "GET", "", "/w")).isEqualTo("ws");
        assertThat(found(table, "POST", "", "/w")).isEqualTo("405 GET");
        assertThat(RouteRule.of("ws", "/w").withMethods("websocket").hints("WEBSOCKET")).isTrue();
    }

    @Test
    void hostsAreExactThenWildcardThenAny() {
        RouteTable<String> table =
                table(
                        RouteRule.of("any", "/a"),
                        RouteRule.of("wild", "/*").withHosts("*.example.org"),
                        RouteRule.of("wilder", "/*").withHosts("*.sub.example.org"),
                        RouteRule.of("exact", "/*").withHosts("API.example.org"));
        assertThat(found(table, "GET", "api.example.org", "/a")).isEqualTo("exact");
        assertThat(found(table, "GET", "x.example.org", "/a")).isEqualTo("wild");
        assertThat(found(table, "GET", "x.sub.example.org", "/a")).isEqualTo("wilder");
        assertThat(found(table, "GET", "example.org", "/a")).isEqualTo("any");
        assertThat(found(table, "GET", "example.org", "/b")).isEqualTo("404");
        assertThat(found(table, "GET", "badexample.org", "/b")).isEqualTo("404");
    }

    @Test
    void aRuleWithoutHostsServesHostsThatHaveRulesToo() {
        RouteTable<String> table =
                table(RouteRule.of("any", "/a"), RouteRule.of("own", "/b").withHosts("h"));
        assertThat(found(table, "GET", "h", "/a")).isEqualTo("any");
    }

    @Test
    void priorityGoesBeforeHostAndPath() {
        RouteTable<String> table =
                table(
                        RouteRule.of("exact", "/a/b").withHosts("h"),
                        RouteRule.of("first", "/a/*").withPriority(10));
        assertThat(found(table, "GET", "h", "/a/b")).isEqualTo("first");
    }

    @Test
    void ofEqualRulesTheEarlierWinsAndBothAreNamed() {
        RouteTable<String> table =
                table(
                        RouteRule.of("one", "/a/:x"),
                        RouteRule.of("two", "/a/{y}"),
                        RouteRule.of("three", "/b").withMethods("GET", "PUT"),
                        RouteRule.of("four", "/b").withMethods("PUT"));
        assertThat(found(table, "GET", "", "/a/1")).isEqualTo("one");
        assertThat(ties).containsExactly("one, two", "three, four");
    }

    @Test
    void parametersAreGivenAsTheyStandInThePath() {
        RouteTable<String> table = table(RouteRule.of("r", "/u/:id/*/{part}/**"));
        Lookup<String> lookup = table.find(Method.GET, "", "/u/a%20b/x/c%2Fd/e/f");
        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        assertThat(((Lookup.Found<String>) lookup).match().parameters())
                .isEqualTo(Map.of("id", "a%20b", "part", "c%2Fd"));
    }

    @Test
    void parametersOfASegmentDoNotHideItFromItsRule() {
        RouteTable<String> table =
                table(
                        RouteRule.of("all", "/*"),
                        RouteRule.of("admin", "/admin/*"),
                        RouteRule.of("one", "/users/:id"),
                        RouteRule.of("slash", "/dir/{$}"));
        for (String path :
                List.of("/admin;x", "/admin;x/y", "/admin;/y", "/admin%3Bx/y", "/admin;a;b=/c;d")) {
            assertThat(found(table, "GET", "", path)).as(path).isEqualTo("admin");
        }
        assertThat(found(table, "GET", "", "/admin%3Cx/y")).isEqualTo("all");
        assertThat(found(table, "GET", "", "/users;v=1/7;v=2")).isEqualTo("one");
        assertThat(found(table, "GET", "", "/users/;v=2")).isEqualTo("all");
        assertThat(found(table, "GET", "", "/dir/;v=2")).isEqualTo("slash");
    }

    @Test
    void rulesWithoutIdAreNamedByPosition() {
        RouteRule rule = new RouteRule(null, "/*", List.of(), List.of(), 0, null, null, Map.of());
        assertThat(rule.idAt(0)).isEqualTo("route-1");
    }

    private RouteTable<String> table(RouteRule... rules) {
        List<RouteTable.Entry<String>> entries = new ArrayList<>();
        for (RouteRule rule : rules) {
            entries.add(RouteTable.Entry.of(rule, entries.size(), rule.idAt(entries.size())));
        }
        return RouteTable.compile(entries, (one, two) -> ties.add(one + ", " + two));
    }

    static String found(RouteTable<String> table, String method, String host, String path) {
        return switch (table.find(Method.of(method), host, path)) {
            case Lookup.Found<String>(String route, var match) -> {
                assertThat(match.routeId()).isEqualTo(route);
                yield route;
            }
            case Lookup.WrongMethod<String>(String allow) -> "405 " + allow;
            case Lookup.Unknown<String> _ -> "404";
        };
    }
}
