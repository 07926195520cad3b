package io.sluice.bench.realtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of `docs/benchmarks.md` about messages. A case that was measured again takes the place of its old self.
public final class Page {
    static final String HEADING = "## Messages";

    private static final String METHOD =
            """
            ## Messages

            **Method.** Each server is pinned to one core with one worker or loop; the clients, one for each server, share
            the other. A client polls without a pause, reads every frame, spreads its connections over loopback addresses
            and counts that every member got every message once. All servers of a case run at the same time and are
            measured in turn, round by round, after a warm-up with the same load: a minute for the JVM, whose compilers
            need as long when there are only 300 broadcasts a second, less for the others. CPU is user and system time of the server's
            processes, from `/proc`; ratios are taken within a round and given as median (lowest–highest). A message is
            200 bytes of text in whatever frame the server's protocol puts around it; the plain C loop knows one
            `write` for every member and message, and nothing else.

            """;

    private Page() {}

    /// Puts sections and their charts into the folder of the page.
    public static void put(Path docs, List<Section> sections) throws IOException {
        Path file = docs.resolve("benchmarks.md");
        String text = Files.exists(file) ? Files.readString(file) : "# Benchmarks\n\n";
        for (Section section : sections) {
            text = with(text, section);
            MessageChart.write(section, docs.resolve(section.chart()));
        }
        Files.writeString(file, text);
    }

    /// The page with this section, in the place of an older one or at the end.
    static String with(String page, Section section) {
        String base = page.contains(HEADING + "\n") ? page : page.stripTrailing() + "\n\n" + METHOD;
        Pattern old =
                Pattern.compile(
                        "^### " + Pattern.quote(section.id()) + ": .*?(?=^##|\\z)",
                        Pattern.MULTILINE | Pattern.DOTALL);
        Matcher found = old.matcher(base);
        return found.find()
                ? found.replaceFirst(Matcher.quoteReplacement(section.markdown()))
                : base.stripTrailing() + "\n\n" + section.markdown();
    }
}
