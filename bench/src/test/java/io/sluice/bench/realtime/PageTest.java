package io.sluice.bench.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static Section section(String id, String table) {
        return new Section(id, "a title", table, "a scale", List.of());
    }

    @Test
    void theFirstSectionBringsTheHeadingAndLeavesTheRestAlone() {
        String page =
                Page.with(
                        "# Benchmarks\n\nOf gateways.\n",
                        Chapter.MESSAGES,
                        section("one", "| 1 |"));

        assertThat(page)
                .startsWith("# Benchmarks\n\nOf gateways.\n\n" + Chapter.MESSAGES.heading());
        assertThat(page)
                .endsWith("### one: a title\n\n![a scale](benchmarks-one.svg)\n\n| 1 |\n\n");
    }

    @Test
    void aSectionMeasuredAgainTakesThePlaceOfItsOldSelf() {
        String page = Page.with("# Benchmarks\n", Chapter.MESSAGES, section("one", "| old $1 |"));
        page = Page.with(page, Chapter.MESSAGES, section("one-more", "| other |"));
        page = Page.with(page, Chapter.MESSAGES, section("one", "| new $1 |"));

        assertThat(page).doesNotContain("| old $1 |").contains("| other |");
        assertThat(page.indexOf("| new $1 |")).isLessThan(page.indexOf("### one-more"));
        assertThat(page.split(Chapter.MESSAGES.heading())).hasSize(2);
    }

    @Test
    void aNewSectionGoesToTheEndOfItsChapter() {
        String page = Page.with("# Benchmarks\n", Chapter.MESSAGES, section("one", "| 1 |"));
        page = Page.with(page, Chapter.OVERLOAD, section("two", "| 2 |"));
        page = Page.with(page, Chapter.MESSAGES, section("three", "| 3 |"));

        assertThat(page)
                .containsSubsequence(
                        Chapter.MESSAGES.heading(),
                        "### one",
                        "### three",
                        Chapter.OVERLOAD.heading(),
                        "### two");
    }
}
