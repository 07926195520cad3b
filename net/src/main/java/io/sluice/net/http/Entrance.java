package io.sluice.net.http;

/// The listener a connection came in through, as it is configured: what differs between listeners is found by it in the
/// configuration in force, whose listeners may be others than those that are bound.
///
/// @param port 0 where the system chose one
public record Entrance(String host, int port) {
    /// For connections of nobody's listener.
    public static final Entrance NONE = new Entrance("", 0);
}
