package io.sluice.edge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.core.config.ConfigContract;
import io.sluice.edge.route.PathPattern.Segment.Literal;
import io.sluice.edge.route.PathPattern.Segment.Parameter;
import io.sluice.edge.route.PathPattern.Tail;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {

    @Test
    void bothSpellingsOfAParameterAreTheSame() {
        assertThat(PathPattern.parse("/a/:id/b").segments())
                .isEqualTo(PathPattern.parse("/a/{id}/b").segments())
                .containsExactly(new Literal("a"), new Parameter("id"), new Literal("b"));
        assertThat(PathPattern.parse("/a/*/b").segments())
                .containsExactly(new Literal("a"), new Parameter(""), new Literal("b"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, BELOW, 0",
        "/*, REST, 0",
        "/{$}, SLASH, 0",
        "/a, NONE, 1",
        "/a/, BELOW, 1",
        "/a/*, REST, 1",
        "/a/**, REST, 1",
        "/a/b/{$}, SLASH, 2"
    })
    void theEndOfAPatternSaysWhatMayFollow(String text, Tail tail, int segments) {
        PathPattern pattern = PathPattern.parse(text);
        assertThat(pattern.tail()).isEqualTo(tail);
        assertThat(pattern.segments()).hasSize(segments);
    }

    @Test
    void literalsTakeTheCanonicalFormOfPaths() {
        assertThat(PathPattern.parse("/%7ea/%c3%bc").segments())
                .containsExactly(new Literal("~a"), new Literal("%C3%BC"));
        assertThat(PathPattern.parse("/users:batch").segments())
                .containsExactly(new Literal("users:batch"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "*",
                "//",
                "/a//b",
                "/a*",
                "/*a",
                "/a/**/b",
                "/a/***",
                "/:",
                "/{}",
                "/{a",
                "/a}",
                "/{a}b",
                "/{a b}",
                "/:a/:a",
                "/{a}/:a",
                "/..",
                "/a/./b",
                "/a?b",
                "/a b",
                "/%zz",
                "/\u00fc",
                "/a\\b",
                "/{$}/a",
                "/a;x",
                "/a%3bx",
                "/v*/users"
            })
    void everythingElseIsRefusedWithTheTextAndWhatWasExpected(String text) {
        assertThatThrownBy(() -> PathPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path '" + text + "': expected");
    }

    @Test
    void aRuleReportsWhatIsWrongWithIt() {
        List<String> keys = new ArrayList<>();
        RouteRule.of("r", "/a*")
                .withMethods("GET", "no method")
                .withHosts("a.example", "*.b", "a:80", "*")
                .check((key, message) -> keys.add(key));
        assertThat(keys).containsExactly("path", "methods", "hosts", "hosts");
    }

    @Test
    void everyKeyOfARuleBinds() {
        ConfigContract.of(RouteRule.class)
                .required("path", "/a")
                .sample("path", "/b")
                .sample("rewrite", "/c")
                .sample("stripPrefix", "/a")
                .verify();
    }
}
