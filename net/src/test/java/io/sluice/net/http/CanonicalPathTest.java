package io.sluice.net.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "*, *",
        "/a/b, /a/b",
        "/a/b/, /a/b/",
        "//, /",
        "//a///b//, /a/b/",
        "/./a, /a",
        "/a/., /a/",
        "/a/.., /",
        "/a/../b, /b",
        "/a/b/../../c, /c",
        "/a/b/.., /a/",
        "/a//.., /",
        "/a/%2e/b, /a/b",
        "/a/%2E%2e/b, /b",
        "/a/.%2e/b, /b",
        "/%7euser/%41, /~user/A",
        "/%c3%a9, /%C3%A9",
        "/a%20b, /a%20b",
        "/a%2fb, /a%2Fb",
        "/%252e%252e/a, /%252e%252e/a",
        "/.well-known/x, /.well-known/x",
        "/..., /...",
        "/..a/.b, /..a/.b",
        "/a;v=1/b, /a;v=1/b",
        "/;v=1, /;v=1",
        "/a/;v=1, /a/;v=1",
        "/a!$&'()*+:@=-_~, /a!$&'()*+:@=-_~"
    })
    void pathsTakeOneForm(String raw, String canonical) {
        assertThat(of(raw)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "**",
                "*/",
                "http://a/",
                "/..",
                "/../a",
                "/a/../..",
                "/%2e%2e/a",
                "/a/%2e%2e/%2e%2e",
                "/a\u0000",
                "/a b",
                "/a\tb",
                "/a\r\nb",
                "/a\u007f",
                "/\u00e9",
                "/a%00",
                "/a\\b",
                "/a%5cb",
                "/a%5C..",
                "/%",
                "/%4",
                "/a%4g",
                "/%%41",
                "/%u0041",
                "/a?b",
                "/a#b",
                "/..;/a",
                "/.;/a",
                "/a/..;x=1/b",
                "/a/..%3b/b",
                "/a/%2e%2e;/b",
                "/a/%2e.%3B",
                "/a/..%2fb",
                "/a%2f..",
                "/a%2f..%2fb",
                "/a%2F%2e%2e;x%2Fb",
                "/a%2F./b",
                "/;x/a",
                "/a/;x/b",
                "/a/;/../b",
                "/a/%3bx/b"
            })
    void pathsThatTwoServersCouldReadInTwoWaysAreRefused(String raw) {
        assertThat(of(raw)).isNull();
    }

    @Test
    void onlyTheGivenRangeIsRead() {
        byte[] line = "GET /a/../b HTTP/1.1".getBytes(StandardCharsets.US_ASCII);
        byte[] before = line.clone();

        assertThat(CanonicalPath.of(line, 4, 11)).isEqualTo("/b");
        assertThat(line).isEqualTo(before);
    }

    @Property(tries = 5000)
    void theFormIsStable(@ForAll("paths") String raw) {
        String canonical = of(raw);
        if (canonical != null) {
            assertThat(of(canonical)).isEqualTo(canonical);
        }
    }

    @Property(tries = 5000)
    void noDotOrEmptySegmentSurvivesEvenWhenDecoded(@ForAll("paths") String raw) {
        String canonical = of(raw);
        if (canonical != null && !canonical.equals("*")) {
            assertThat(canonical).startsWith("/").doesNotContain("//", "\\", "%00", "%5C");
            assertThat(segments(canonical)).doesNotContain(".", "..");
            String decoded = canonical.replace("%2F", "/").replace("%3B", ";");
            assertThat(segments(decoded).stream().map(s -> s.split(";", -1)[0]))
                    .doesNotContain(".", "..");
        }
    }

    @Property(tries = 5000)
    void anyBytesGiveNullOrPrintableAscii(@ForAll byte[] bytes) {
        String canonical = CanonicalPath.of(bytes, 0, bytes.length);
        if (canonical != null) {
            assertThat(canonical).matches("[!-~]+");
        }
    }

    @Property(tries = 5000)
    void plainPathsResolveAsUrisDo(@ForAll("plainSegments") List<String> parts) {
        String raw = "/" + String.join("/", parts);
        String expected = URI.create("http://h" + raw).normalize().getRawPath();
        String canonical = of(raw);
        if ((expected + "/").startsWith("/../")) {
            assertThat(canonical).isNull();
        } else {
            assertThat(canonical).isEqualTo(expected);
        }
    }

    @Property(tries = 2000)
    void encodingUnreservedCharactersChangesNothing(@ForAll("plainSegments") List<String> parts) {
        String raw = "/" + String.join("/", parts);
        String encoded =
                raw.chars()
                        .mapToObj(c -> c == '/' ? "/" : "%%%02x".formatted(c))
                        .collect(Collectors.joining());
        assertThat(of(encoded)).isEqualTo(of(raw));
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(
                        "/", "/", "/", ".", "..", "a", "b1", "%2e", "%2E", "%2f", "%2F", "%3b", ";",
                        "%41", "%c3", "%5c", "%00", "%", "%4", "~", "//", "/../", "*", "%25", "=")
                .list()
                .ofMaxSize(12)
                .map(parts -> "/" + String.join("", parts));
    }

    @Provide
    Arbitrary<List<String>> plainSegments() {
        return Arbitraries.of("a", "bc", ".", "..", "...", ".d", "e.f", "-_~")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static List<String> segments(String path) {
        return Arrays.asList(path.split("/", -1));
    }

    private static @Nullable String of(String raw) {
        return CanonicalPath.of(raw);
    }
}
