package io.sluice.net.ws;

import io.sluice.core.config.Bytes;
import io.sluice.core.config.Checked;
import io.sluice.core.config.Default;
import io.sluice.core.config.Doc;
import io.sluice.core.config.Range;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/// What an endpoint grants its WebSockets: the key `websocket` of each.
public record WsConfig(
        @Doc("Bytes of one message, in one frame or many; over it close code 1009.")
                @Default("64KiB")
                @Bytes
                int maxMessage,
        @Doc("Frames without payload in one message; over it close code 1008.")
                @Default("1000")
                @Range(min = 0)
                int maxEmptyFragments,
        @Doc("From the first byte of a message to its last; then close code 1008.") @Default("29s")
                Duration messageTimeout,
        @Doc("How often the client is pinged; 0 for never.") @Default("25s") Duration pingInterval,
        @Doc("How long after a ping the client may send nothing at all; then close code 4000.")
                @Default("10s")
                Duration pongTimeout,
        @Doc("How long the client may take to answer a close frame.") @Default("5s")
                Duration closeTimeout,
        @Doc("Which pages may connect, by the Origin their browser sends.") OriginConfig origins,
        @Doc("Compression of messages (RFC 7692).") CompressionConfig compression)
        implements Checked {

    private static final int MOST = 1 << 30;

    public static final WsConfig DEFAULT =
            new WsConfig(
                    64 * 1024,
                    1000,
                    Duration.ofSeconds(29),
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    OriginConfig.DEFAULT,
                    CompressionConfig.OFF);

    /// Whose pages may open WebSockets.
    public record OriginConfig(
            @Doc(
                            "Origins, exact: scheme://host[:port]; self for pages of the same host and port; * for all.")
                    @Default("[self]")
                    List<String> allowed,
            @Doc("Whether clients that send no Origin may connect; those are no browsers.")
                    @Default("true")
                    boolean allowAbsent)
            implements Checked {

        public static final OriginConfig DEFAULT = new OriginConfig(List.of("self"), true);

        public OriginConfig {
            allowed = List.copyOf(allowed);
        }

        @Override
        public void check(BiConsumer<String, String> problem) {
            for (String origin : allowed) {
                if (!OriginPolicy.wellFormed(origin)) {
                    problem.accept(
                            "allowed",
                            "'" + origin + "', expected scheme://host[:port], self or *");
                }
            }
        }
    }

    /// Compression of messages both ways.
    public record CompressionConfig(
            @Doc("Whether it is offered to clients that ask for it.") @Default("false")
                    boolean enabled,
            @Doc("Effort, 1 fast to 9 small.") @Default("1") @Range(min = 1, max = 9) int level,
            @Doc("Messages below this many bytes are sent as they are.") @Default("256") @Bytes
                    int minSize) {

        public static final CompressionConfig OFF = new CompressionConfig(false, 1, 256);
    }

    @Override
    public void check(BiConsumer<String, String> problem) {
        if (maxMessage < 1 || maxMessage > MOST) {
            problem.accept("maxMessage", maxMessage + ", expected 1 byte to 1GiB");
        }
        if (!pongTimeout.isPositive()) {
            problem.accept("pongTimeout", pongTimeout + " is not a positive time");
        }
        if (!closeTimeout.isPositive()) {
            problem.accept("closeTimeout", closeTimeout + " is not a positive time");
        }
        if (!messageTimeout.isPositive()) {
            problem.accept("messageTimeout", messageTimeout + " is not a positive time");
        }
    }
}
