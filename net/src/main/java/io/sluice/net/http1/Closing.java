package io.sluice.net.http1;

/// How a client's connection ends. A close with unread input would reset the connection and could destroy the answer
/// on its way, so where the client may still be sending, it gets FIN and what it sends is read and dropped for a while
/// (RFC 9112 9.6). One per connection. Loop thread only.
final class Closing {
    /// How much of what nobody wants is read to keep the connection, or to let the client see the answer.
    private static final int DROP_LIMIT = 256 * 1024;

    /// Whether the client may be sending what nobody will read.
    enum Unread {
        NONE,
        LIKELY
    }

    private final Http1Connection connection;
    private final ReadClock readClock;
    private boolean begun;
    private long droppedBytes;

    Closing(Http1Connection connection, ReadClock readClock) {
        this.connection = connection;
        this.readClock = readClock;
    }

    boolean begun() {
        return begun;
    }

    /// No further request is read.
    void begin() {
        begun = true;
    }

    /// Closes when all that is written is sent, and not before the client can have seen it.
    void whenSent(Unread unread) {
        if (unread == Unread.NONE) {
            connection.writer().closeWhenSent();
            return;
        }
        readClock.linger();
        droppedBytes = 0;
        dropInput();
        connection.switchReading(true);
        connection.writer().finishWhenSent();
    }

    void dropInput() {
        int count = connection.input.available();
        connection.input.release();
        dropped(count);
    }

    /// Counts bytes that nobody wants. Too many of them close the connection; one that closes already is read no further,
    /// so that the client has the rest of its time to see the answer before anything resets it.
    void dropped(int count) {
        droppedBytes += count;
        if (droppedBytes > DROP_LIMIT) {
            if (readClock.phase() == ReadClock.Phase.LINGER) {
                connection.switchReading(false);
            } else {
                connection.context().close();
            }
        }
    }

    /// The next exchange may leave as much unwanted as the last.
    void countAnew() {
        droppedBytes = 0;
    }
}
