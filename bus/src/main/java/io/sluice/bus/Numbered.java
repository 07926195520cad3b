package io.sluice.bus;

/// A message and its place.
///
/// @param payload shared, never changed
@SuppressWarnings(
        "ArrayRecordComponent") // compared by position only, and copying each message would cost
public record Numbered(Position position, byte[] payload) {}
