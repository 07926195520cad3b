package io.sluice.realtime.dialect;

import org.jspecify.annotations.Nullable;

/// What a face has to say about who may be in a channel, whatever face he comes by: such as that only members hear a
/// room. Whoever has the scope for all channels need not be asked about. One that changes its mind tells so by
/// `Arrivals.bar` and `Hub.expel`.
public interface Doorkeeper {
    /// Whether it is to be asked about a channel, by its full name. Any thread, at once.
    boolean minds(String channel);

    /// Whether this user may be in a channel it minds. Blocks, and fails like the bus.
    ///
    /// @param user null for nobody in particular
    boolean admits(String channel, @Nullable String user);
}
