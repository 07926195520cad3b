package io.sluice.bus.local;

import io.sluice.bus.LogRecord;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The records of one topic that one group has not handled yet, bounded. Whoever holds [#turn] is the one member of
/// the group that handles them.
final class Backlog {
    private static final int MOST_RECORDS = 10_000;

    private final ArrayBlockingQueue<LogRecord> waiting = new ArrayBlockingQueue<>(MOST_RECORDS);
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable LogRecord inHand;

    /// Any thread.
    boolean offer(LogRecord record) {
        return waiting.offer(record);
    }

    ReentrantLock turn() {
        return turn;
    }

    /// The oldest record that is not done; waits for one. Only with the turn.
    LogRecord next() throws InterruptedException {
        LogRecord record = inHand;
        if (record == null) {
            record = waiting.take();
            inHand = record;
        }
        return record;
    }

    /// The record given by [#next] is done. Only with the turn.
    void done() {
        inHand = null;
    }
}
