package io.sluice.bus;

/// One record of a log.
///
/// @param key empty when it has none
/// @param value never changed
/// @param id place in the log as the log itself writes it, unique within the topic
@SuppressWarnings("ArrayRecordComponent") // compared by id only
public record LogRecord(String topic, String key, byte[] value, String id) {}
