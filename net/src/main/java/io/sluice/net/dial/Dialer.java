package io.sluice.net.dial;

import io.sluice.core.fail.Failure;
import io.sluice.net.loop.Loop;

/// Opens connections to origins.
public interface Dialer {

    /// Told once, on the loop that dialled.
    interface DialListener {
        void connected(OriginConnection connection);

        /// @param failure of kind CONNECT_FAILED, its message without internal addresses
        void failed(Failure failure);
    }

    /// Starts to connect on `loop`; never blocks, never calls the listener before it returned.
    void dial(Origin origin, Loop loop, DialListener listener);
}
