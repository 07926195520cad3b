package io.sluice.bench.realtime;

import java.util.List;

/// What one case came to, ready for the page.
///
/// @param id word on the command line
/// @param title as in the report
/// @param table in Markdown
/// @param scale what the bars count
/// @param bars of the chart; lower is better
public record Section(String id, String title, String table, String scale, List<Bar> bars) {

    /// One bar of the chart.
    ///
    /// @param group beside which others it stands
    public record Bar(String group, String server, double height) {}

    /// Name of the chart beside the page.
    String chart() {
        return "benchmarks-" + id + ".svg";
    }

    /// Heading, chart and table.
    public String markdown() {
        return """
        ### %s: %s

        ![%s](%s)

        %s
        """
                        .formatted(id, title, scale, chart(), table.stripTrailing())
                + "\n";
    }
}
