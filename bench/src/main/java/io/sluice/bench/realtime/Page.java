package io.sluice.bench.realtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The chapters of `docs/benchmarks.md` after the one on gateways. A case that was measured again takes the place of its
/// old self.
public final class Page {
    private Page() {}

    /// Puts sections and their charts into the folder of the page.
    public static void put(Path docs, Chapter chapter, List<Section> sections) throws IOException {
        Path file = docs.resolve("benchmarks.md");
        String text = Files.exists(file) ? Files.readString(file) : "# Benchmarks\n\n";
        for (Section section : sections) {
            text = with(text, chapter, section);
            MessageChart.write(section, docs.resolve(section.chart()));
        }
        Files.writeString(file, text);
    }

    /// The page with this section, in the place of an older one or at the end of its chapter.
    static String with(String page, Chapter chapter, Section section) {
        String base =
                page.contains(chapter.heading() + "\n")
                        ? page
                        : page.stripTrailing() + "\n\n" + chapter.beginning();
        Matcher old = part("### " + Pattern.quote(section.id()) + ": .*?(?=^##|\\z)").matcher(base);
        if (old.find()) {
            return old.replaceFirst(Matcher.quoteReplacement(section.markdown()));
        }
        Matcher whole = part(Pattern.quote(chapter.heading()) + "\n.*?(?=^## |\\z)").matcher(base);
        return whole.replaceFirst(found ->
                Matcher.quoteReplacement(
                        found.group().stripTrailing() + "\n\n" + section.markdown()));
    }

    private static Pattern part(String text) {
        return Pattern.compile("^" + text, Pattern.MULTILINE | Pattern.DOTALL);
    }
}
