package io.sluice.net.ws;

/// What a [FrameReader] lets a client send.
///
/// @param maxMessage bytes of a message, and so of a frame
/// @param maxEmptyFragments frames without payload in one message
/// @param deflate whether RSV1 may mark a compressed message
record FrameLimits(int maxMessage, int maxEmptyFragments, boolean deflate) {}
