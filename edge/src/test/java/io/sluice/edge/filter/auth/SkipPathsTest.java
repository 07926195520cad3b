package io.sluice.edge.filter.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

final class SkipPathsTest {

    @Test
    void aPrefixEndsAtASegment() {
        SkipPaths below = new SkipPaths(List.of("/public/"));
        assertThat(below.match("/public/x")).isTrue();
        assertThat(below.match("/public/")).isTrue();
        assertThat(below.match("/public")).isFalse();
        assertThat(below.match("/publicity/x")).isFalse();

        SkipPaths whole = new SkipPaths(List.of("/public", "/docs/*", "/files/**"));
        assertThat(whole.match("/public")).isTrue();
        assertThat(whole.match("/public/x")).isTrue();
        assertThat(whole.match("/publicity/x")).isFalse();
        assertThat(whole.match("/docs/a/b")).isTrue();
        assertThat(whole.match("/docs")).isFalse();
        assertThat(whole.match("/files/a")).isTrue();
        assertThat(whole.match("/")).isFalse();
    }

    @Property
    void aLongerSegmentIsNeverSkipped(
            @ForAll @AlphaChars @NotEmpty String segment,
            @ForAll @AlphaChars @NotEmpty String more) {
        for (String path : List.of("/" + segment, "/" + segment + "/", "/" + segment + "/*")) {
            assertThat(new SkipPaths(List.of(path)).match("/" + segment + more + "/x")).isFalse();
            assertThat(new SkipPaths(List.of(path)).match("/" + segment + "/" + more)).isTrue();
        }
    }
}
