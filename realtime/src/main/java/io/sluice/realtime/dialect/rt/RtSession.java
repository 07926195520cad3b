package io.sluice.realtime.dialect.rt;

/// One session that clients of a group have described.
///
/// @param id name of the session in its group
/// @param meta what was last said of it, JSON text
/// @param createdAt milliseconds since the epoch, as `updatedAt`
public record RtSession(String id, String meta, long createdAt, long updatedAt) {}
