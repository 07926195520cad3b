package io.sluice.app.wiring;

import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.function.BiConsumer;

/// `gateway.errors`: the gateway's own answers.
public record ErrorsConfig(
        @Doc("Status when a service is too slow: 408 or 504. A slow client always gets 408.")
                @Default("408")
                int timeoutStatus)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (timeoutStatus != 408 && timeoutStatus != 504) {
            problem.accept("timeoutStatus", "found " + timeoutStatus + ", expected 408 or 504");
        }
    }
}
