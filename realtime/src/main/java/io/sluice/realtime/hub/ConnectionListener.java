package io.sluice.realtime.hub;

import io.sluice.core.fail.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A feature that keeps something per connection. Told on the loop of the connection; for each connection `opened` once
/// and then `closed` once.
public interface ConnectionListener {

    default void opened(Connection connection) {}

    /// The connection may not be in the channel any more, and is not; perhaps it was only about to be.
    default void expelled(Connection connection, String channel) {}

    /// The connection is in no channel any more, and what is written to it is dropped.
    ///
    /// @param left channels it was in until now
    /// @param why null when the client ended it
    default void closed(Connection connection, List<String> left, @Nullable FailureKind why) {}
}
