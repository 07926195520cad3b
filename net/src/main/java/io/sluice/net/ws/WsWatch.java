package io.sluice.net.ws;

import io.sluice.core.fail.Failure;
import io.sluice.core.fail.FailureKind;
import org.jspecify.annotations.Nullable;

/// Told of what happens to WebSockets, for counters; on the loop, so it must be quick.
public interface WsWatch {

    void opened();

    /// A handshake was refused.
    void refused(Failure why);

    /// An open socket ended; once for each [#opened].
    ///
    /// @param why what rule it broke or what ran out; null for an ordinary end
    void closed(WsEnd end, @Nullable FailureKind why);

    /// Counts nothing.
    WsWatch NONE =
            new WsWatch() {
                @Override
                public void opened() {}

                @Override
                public void refused(Failure why) {}

                @Override
                public void closed(WsEnd end, @Nullable FailureKind why) {}
            };
}
