package io.sluice.realtime.dialect;

import io.netty.buffer.ByteBuf;
import io.sluice.realtime.hub.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Acts on what the clients of one dialect say, through the hub. All calls on the loop of the connection; nothing may
/// block. A face that keeps something for a connection is a `ConnectionListener` of the hub, and frees it there.
public interface Face {

    Dialect dialect();

    /// The connection is open in the hub. What is sent now leaves with the answer to the handshake.
    ///
    /// @return as of [#text]
    @Nullable CompletionStage<?> welcome(Connection connection);

    /// The client said something.
    ///
    /// @return null when it is dealt with; else what must end before the next frame of this client is looked at. It
    ///     may end on any thread and must end in bounded time
    @Nullable CompletionStage<?> text(Connection connection, String text);

    /// A binary message. Unless overridden it is taken as text.
    ///
    /// @param payload valid during the call only
    default @Nullable CompletionStage<?> binary(Connection connection, ByteBuf payload) {
        return text(connection, payload.toString(StandardCharsets.UTF_8));
    }

    /// The client sends faster than it may. The face tells it in its words; the endpoint closes the connection.
    void tooFast(Connection connection);

    /// How long a client may say nothing before it is closed with 4000; zero for ever. While nothing is read from it,
    /// as a stage of [#text] has not ended, it has twice as long, and then is closed with 1013.
    default Duration silence() {
        return Duration.ZERO;
    }
}
