package io.sluice.proxy.attempt;

/// Where an exchange stands when an attempt has come to nothing.
///
/// @param idempotent whether the method may be sent twice
/// @param replayable whether the request can be sent again: it has no body, or not a byte of it was passed on, or what
///     was passed on is still held
/// @param chargedAttempts attempts so far without the free ones, at least 1
/// @param anewUsed whether the free retry on a new connection was taken
/// @param elsewhereUsed whether the free retry at another instance was taken
public record RetryTally(
        boolean idempotent,
        boolean replayable,
        int chargedAttempts,
        boolean anewUsed,
        boolean elsewhereUsed) {}
