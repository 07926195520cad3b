package io.sluice.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.GatewayExtension;
import io.sluice.testkit.RawClient;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One path for matching, for the decision about credentials and for passing on: whatever a service makes of the target
/// it gets, it lies where the gateway thought.
class PathConfusionIT {
    private static final String RULES =
            """
            - {id: open, path: /public/*, serviceName: s}
            - {id: closed, path: /admin/*, serviceName: s}
            """;

    @RegisterExtension final GatewayExtension gateways = new GatewayExtension();

    private Defended start() {
        return Defended.withRules(
                gateways,
                RULES,
                "auth.required=true",
                "auth.skipPaths=/public/",
                "auth.jwt.enabled=true",
                "auth.jwt.secret=0123456789abcdef0123456789abcdef");
    }

    private static final List<String> TARGETS =
            List.of(
                    "/public/../admin/x",
                    "/public/./../admin/x",
                    "/public/..;/admin/x",
                    "/public/..;a=b/admin/x",
                    "/public/.;/../admin/x",
                    "/public/;/../admin/x",
                    "/public/..%3b/admin/x",
                    "/public/%2e%2e/admin/x",
                    "/public/%2E%2E;x/admin/x",
                    "/public/.%2e/admin/x",
                    "/public/%2e%2e%2fadmin/x",
                    "/public/..%2fadmin/x",
                    "/public/..%2Fadmin%2Fx",
                    "/public/a%2f..%2f..%2fadmin/x",
                    "/public%2f..%2fadmin/x",
                    "/public/%2f../admin/x",
                    "/public/..%5cadmin/x",
                    "/public/..\\admin/x",
                    "/public\\..\\admin\\x",
                    "/public/%5c../admin/x",
                    "/public/..%00/admin/x",
                    "/public/%00/../../admin/x",
                    "/public/%c0%ae%c0%ae/admin/x",
                    "/public/%u002e%u002e/admin/x",
                    "/public/..%/admin/x",
                    "/public/%2/../admin/x",
                    "/public//../admin/x",
                    "/public/..//admin/x",
                    "/public/.../admin/x",
                    "//admin/x",
                    "///public/../admin/x",
                    "/./admin/x",
                    "/%61dmin/x",
                    "/ADMIN/x",
                    "/admin;/x",
                    "/admin%2fx",
                    "/../admin/x",
                    "/admin/x?/public/",
                    "/admin/x%3f/public/",
                    "/admin/x%23/public/",
                    "http://a/public/../admin/x",
                    "http://a//admin/x",
                    "/publicity",
                    "/public");

    @Test
    void noSpellingReachesWhatNeedsACredential() {
        try (Defended target = start()) {
            for (String spelling : TARGETS) {
                int before = target.origin().seen().size();
                int status = status(target, "GET " + spelling + " HTTP/1.1");
                if (target.origin().seen().size() == before) {
                    assertThat(status).as(spelling).isIn(400, 401, 404);
                } else {
                    String forwarded = target.origin().seen().getLast().path();
                    assertThat(lenient(forwarded)).as(spelling).startsWith("/public/");
                }
            }
            assertThat(status(target, "GET /public/x HTTP/1.1")).isEqualTo(200);
            assertThat(status(target, "GET /admin/x HTTP/1.1")).isEqualTo(401);
        }
    }

    private static int status(Defended target, String requestLine) {
        try (RawClient client = target.connect()) {
            return client.request(requestLine.replace("http://a/", "http://test/"))
                    .response()
                    .status();
        }
    }

    /// What a careless service makes of a path: escapes decoded, parameters dropped, backslashes turned, dots resolved.
    private static String lenient(String path) {
        String decoded = URLDecoder.decode(path, StandardCharsets.ISO_8859_1).replace('\\', '/');
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decoded.split("/", -1)) {
            String name = segment.replaceFirst(";.*", "");
            if (name.equals("..")) {
                segments.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.addLast(name);
            }
        }
        return "/" + String.join("/", segments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/a/../b -> /public/b",
                "/public/%7euser -> /public/~user",
                "/public//a///b -> /public/a/b",
                "/public/%252e%252e/a -> /public/%252e%252e/a",
                "/public/a%2fb -> /public/a%2Fb",
                "/public/a;v=1/b?q=%2e%2e# -> 400",
                "/public/a;v=1/b?q=/../x -> /public/a;v=1/b?q=/../x"
            })
    void whatIsMatchedIsWhatIsForwarded(String row) {
        String sent = row.substring(0, row.indexOf(' '));
        String expected = row.substring(row.lastIndexOf(' ') + 1);
        try (Defended target = start()) {
            int status = status(target, "GET " + sent + " HTTP/1.1");
            if (expected.equals("400")) {
                assertThat(status).isEqualTo(400);
                assertThat(target.origin().seen()).isEmpty();
            } else {
                assertThat(status).isEqualTo(200);
                assertThat(target.origin().seen().getLast().target()).isEqualTo(expected);
            }
        }
    }

    /// The shape that a service which drops parameters reads as `/admin/x`.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin;/x",
                "/admin;a=b/x",
                "/admin;a=/public/x",
                "/admin%3ba=b/x",
                "/%61dmin;a/x",
                "/;a/admin/x",
                "/%3Ba/admin/x",
                "/;/admin/x",
                "//;a//admin/x",
                "/public/..;a/admin/x"
            })
    void parametersOpenNoDoor(String spelling) {
        String rules =
                """
                - {id: rest, path: /*, serviceName: s}
                - {id: closed, path: /admin/*, serviceName: s, authRequired: true}
                """;
        try (Defended target =
                Defended.withRules(
                        gateways,
                        rules,
                        "auth.jwt.enabled=true",
                        "auth.jwt.secret=0123456789abcdef0123456789abcdef")) {
            assertThat(status(target, "GET " + spelling + " HTTP/1.1")).isIn(400, 401);
            assertThat(target.origin().seen()).isEmpty();
            assertThat(status(target, "GET /other;a=b/x HTTP/1.1")).isEqualTo(200);
            assertThat(target.origin().seen().getLast().target()).isEqualTo("/other;a=b/x");
        }
    }

    @Test
    void doubtfulSpellingsCanBeRefusedAltogether() {
        try (Defended target =
                Defended.start(
                        gateways,
                        "router.encodedSlash=reject",
                        "router.segmentParameters=reject")) {
            for (String spelling : List.of("/a%2fb", "/a%2Fb/c", "/a;x", "/a%3bx/c", "/;x")) {
                assertThat(status(target, "GET " + spelling + " HTTP/1.1"))
                        .as(spelling)
                        .isEqualTo(400);
            }
            assertThat(target.origin().seen()).isEmpty();
            assertThat(status(target, "GET /a%252fb?c;d=%2f HTTP/1.1")).isEqualTo(200);
        }
    }
}
