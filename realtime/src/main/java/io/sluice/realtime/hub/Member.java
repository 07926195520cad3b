package io.sluice.realtime.hub;

import org.jspecify.annotations.Nullable;

/// A connection as seen from elsewhere.
///
/// @param face id of its dialect
/// @param user null when nobody logged in
/// @param openedAt milliseconds since the epoch
public record Member(
        ConnectionId id, String face, @Nullable String user, String clientAddress, long openedAt) {

    static Member of(Connection connection) {
        return new Member(
                connection.id(),
                connection.face(),
                connection.user(),
                connection.clientAddress(),
                connection.openedAt());
    }
}
