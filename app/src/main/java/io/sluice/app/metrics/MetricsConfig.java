package io.sluice.app.metrics;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Unsupported;
import java.util.function.BiConsumer;

/// `gateway.metrics`: the metrics page.
@Unsupported(
        keys = {"buckets", "includePathLabel", "includeMethodLabel", "includeStatusLabel"},
        why = "buckets and labels are fixed; the label for a path is the id of its rule")
public record MetricsConfig(
        @Doc("Whether the metrics page is served.") @Default("false") boolean enabled,
        @Doc("Path of the metrics page.") @Default("/metrics") String path,
        @Doc("Port of a listener of its own for the page; 0 serves it on the main port.")
                @Default("0")
                int port)
        implements Checked {

    /// What stands in force when the section is missing.
    public static final MetricsConfig OFF = new MetricsConfig(false, "/metrics", 0);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!path.startsWith("/")) {
            problem.accept("path", "'" + path + "', expected a path such as /metrics");
        }
        if (port < 0 || port > 65_535) {
            problem.accept("port", port + ", expected 0 to 65535");
        }
    }
}
