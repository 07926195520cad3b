package io.sluice.app.console;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.function.BiConsumer;

/// `gateway.demo`: a service inside the process, to try the gateway with.
public record DemoConfig(
        @Doc("Whether the demo service is started.") @Default("false") boolean enabled,
        @Doc("Name rules refer to it by.") @Default("demo") String service,
        @Doc("How many instances, each with a loopback port of its own.") @Default("2")
                int instances)
        implements Checked {

    /// What stands in force when the section is missing.
    public static final DemoConfig OFF = new DemoConfig(false, "demo", 2);

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (service.isBlank()) {
            problem.accept("service", "empty, expected a name");
        }
        if (instances < 1 || instances > 16) {
            problem.accept("instances", instances + ", expected 1 to 16");
        }
    }
}
