package io.sluice.app.console;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.function.BiConsumer;

/// `gateway.console`: the start page.
public record ConsoleConfig(
        @Doc("Whether the start page is served.") @Default("false") boolean enabled,
        @Doc("Path of the start page.") @Default("/") String path)
        implements Checked {

    /// What stands in force when the section is missing.
    public static final ConsoleConfig OFF = new ConsoleConfig(false, "/");

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (!path.startsWith("/")) {
            problem.accept("path", "'" + path + "', expected a path such as /");
        }
    }
}
