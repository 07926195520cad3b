package io.sluice.bus;

/// Takes records, one at a time per partition, on a thread of the bus that may block.
@FunctionalInterface
public interface RecordHandler {

    /// Done with the record when it returns. What it throws leads to a few more attempts with growing pauses, then the
    /// record is set aside; a [BadRecordException] sets it aside at once.
    void handle(LogRecord record) throws Exception;

    /// Called once for a record that is given up, before the next one is handed out. Already counted and logged.
    default void setAside(LogRecord record, Exception why) {}
}
