package io.sluice.net.listen;

import io.sluice.core.config.Alias;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import java.time.Duration;
import java.util.function.BiConsumer;

/// The clocks of client connections.
public record ListenerTimeouts(
        @Default("30s")
                @Doc(
                        "How long a request body may stay below minBodyRate before it is refused with 408; 0 for no minimum.")
                Duration readTimeout,
        @Default("60s")
                @Doc(
                        "How long a client may take nothing of a waiting answer before it is cut off; 0 for ever; a closed window ends after vanishedTimeout all the same.")
                Duration writeTimeout,
        @Default("10s")
                @Alias("readHeaderTimeout")
                @Doc("From the first byte of a request head, or of a TLS handshake, to its last.")
                Duration headerTimeout,
        @Default("180s") @Doc("How long a connection may wait for its next request.")
                Duration idleTimeout,
        @Default("1024")
                @Doc(
                        "Bytes a second a client must send of a body on average over readTimeout; 0 for none.")
                int minBodyRate,
        @Default("60s")
                @Doc(
                        "How long a peer may acknowledge nothing of what was sent, or take nothing of it, before its connection counts as lost; 0 leaves it to the system, which takes a quarter of an hour. With epoll and io_uring.")
                Duration vanishedTimeout)
        implements Checked {

    @Override
    public void check(BiConsumer<String, String> problem) {
        notNegative(problem, "readTimeout", readTimeout);
        notNegative(problem, "writeTimeout", writeTimeout);
        notNegative(problem, "vanishedTimeout", vanishedTimeout);
        positive(problem, "headerTimeout", headerTimeout);
        positive(problem, "idleTimeout", idleTimeout);
        if (minBodyRate < 0) {
            problem.accept("minBodyRate", minBodyRate + ", expected 0 or more");
        }
    }

    private static void notNegative(
            BiConsumer<String, String> problem, String key, Duration value) {
        if (value.isNegative()) {
            problem.accept(key, value + ", expected 0 or more");
        }
    }

    private static void positive(BiConsumer<String, String> problem, String key, Duration value) {
        if (!value.isPositive()) {
            problem.accept(
                    key, "is " + value.toSeconds() + "s, expected more; no client could be served");
        }
    }
}
