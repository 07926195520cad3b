package io.sluice.realtime.session;

/// The places that connections take, whatever face they are of: one of their address, and one of their user. One for the
/// whole process.
public record Places(AddressLimit addresses, UserLimit users) {}
