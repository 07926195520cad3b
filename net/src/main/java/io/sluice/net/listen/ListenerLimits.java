package io.sluice.net.listen;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.util.function.BiConsumer;

/// The bounds of client connections.
public record ListenerLimits(
        @Default("8192") @Doc("Bytes of a request line; over it 414.") int maxRequestLine,
        @Default("32768")
                @Alias("maxHeaderSize")
                @Doc("Bytes of all header fields of a request; over it 431.")
                int maxHeaderBytes,
        @Default("100") @Doc("Header fields of a request; over it 431.") int maxHeaderFields,
        @Default("15000")
                @Doc("Connections open at once on this listener; over it 503 and a close.")
                int maxConnections)
        implements Checked {

    /// Below this no ordinary request would fit.
    private static final int LEAST_BYTES = 64;

    @Override
    public void check(BiConsumer<String, String> problem) {
        atLeast(problem, "maxRequestLine", maxRequestLine, LEAST_BYTES);
        atLeast(problem, "maxHeaderBytes", maxHeaderBytes, LEAST_BYTES);
        atLeast(problem, "maxHeaderFields", maxHeaderFields, 1);
        atLeast(problem, "maxConnections", maxConnections, 1);
    }

    private static void atLeast(
            BiConsumer<String, String> problem, String key, int value, int least) {
        if (value < least) {
            problem.accept(
                    key,
                    value + ", expected at least " + least + "; every client would be refused");
        }
    }
}
