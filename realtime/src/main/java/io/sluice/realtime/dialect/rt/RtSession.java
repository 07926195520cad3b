package io.sluice.realtime.dialect.rt;

import io.sluice.core.json.JsonValue;

/// One session that clients of a group have described.
///
/// @param id name of the session in its group
/// @param meta what was last said of it
/// @param createdAt milliseconds since the epoch, as `updatedAt`
public record RtSession(String id, JsonValue meta, long createdAt, long updatedAt) {}
