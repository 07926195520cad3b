package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.core.fail.FailureKind;
import io.sluice.net.loop.DirectMemory;
import org.jspecify.annotations.Nullable;

/// What waits for one connection, bounded in bytes. Its [Wire] is written to here only, but for what a channel brings
/// while nothing waits: that goes straight to the socket, and the rest of it comes here, see [SendRound].
/// What it is given in one pass of the loop is flushed once at the end of the pass. A client that does not read until
/// more waits than the limit is closed with SLOW_CONSUMER; nobody ever waits for it. When memory gets short the limit
/// falls, and who is over it is cut off. Loop thread.
public final class Outbox {

    private enum Life {
        NEW,
        OPEN,
        /// Told to go; what is written is dropped.
        ENDING,
        CLOSED
    }

    private final Connection connection;
    private final Wire wire;
    private @Nullable LoopHub hub;
    private Life life = Life.NEW;
    private boolean dirty;
    private boolean behind;

    Outbox(Connection connection, Wire wire) {
        this.connection = connection;
        this.wire = wire;
    }

    /// Sends a text in the connection's form, behind everything its channels already hold for it. Dropped when the
    /// connection is not open.
    public void send(byte[] text) {
        send(text, null);
    }

    /// Sends what the connection's form says of an event, to this client only.
    public void send(Outbound event) {
        byte[] text = connection.form().text(event);
        if (text != null) {
            send(text, event);
        }
    }

    private void send(byte[] text, @Nullable Outbound event) {
        LoopHub loopHub = hub;
        if (life != Life.OPEN || loopHub == null) {
            return;
        }
        if (loopHub.pass().anythingPending()) {
            connection.settle();
        }
        ByteBuf framed = loopHub.buffer(text.length);
        connection.form().frame(text, event, framed);
        if (admits(framed.readableBytes())) {
            put(framed);
        } else {
            framed.release();
            overflow();
        }
    }

    /// Closes the connection in the way of its protocol, behind what was sent. [Hub#closed] follows from the wire.
    public void close(FailureKind why, String reason) {
        if (life == Life.OPEN) {
            connection.settle();
            life = Life.ENDING;
            flush();
            wire.close(why, reason);
        }
    }

    /// Written and not yet taken by the system.
    public long queuedBytes() {
        return wire.queuedBytes();
    }

    /// The way to pause and resume what the client sends.
    public Wire wire() {
        return wire;
    }

    boolean isOpen() {
        return life == Life.OPEN || life == Life.ENDING;
    }

    void open(LoopHub loopHub) {
        if (life != Life.NEW) {
            throw new IllegalStateException("a connection is opened once");
        }
        hub = loopHub;
        life = Life.OPEN;
    }

    /// @return whether this call closed it
    boolean shut() {
        if (!isOpen()) {
            return false;
        }
        life = Life.CLOSED;
        if (behind && hub != null) {
            behind = false;
            hub.caughtUp();
        }
        return true;
    }

    /// Queues framed bytes for the pass. Takes over the buffer.
    void put(ByteBuf framed) {
        LoopHub loopHub = hub;
        if (life != Life.OPEN || loopHub == null) {
            framed.release();
            return;
        }
        wire.write(framed);
        if (!dirty) {
            dirty = true;
            loopHub.pass().add(this);
        }
    }

    /// The flush of the pass.
    void flushDirty() {
        dirty = false;
        if (isOpen()) {
            flush();
        }
    }

    private void flush() {
        wire.flush();
        long queued = wire.queuedBytes();
        LoopHub loopHub = hub;
        if (loopHub == null || (queued == 0 && !behind)) {
            return;
        }
        boolean nowBehind = queued > loopHub.settings().behindBytes();
        if (nowBehind != behind) {
            behind = nowBehind;
            if (nowBehind) {
                loopHub.fellBehind();
            } else {
                loopHub.caughtUp();
            }
        }
        if (queued > DirectMemory.allowance(loopHub.settings().queueBytes())) {
            overflow();
        }
    }

    /// Whether a volatile message passes by this member. Asks the wire only when it was behind at its last flush.
    boolean isBehind() {
        LoopHub loopHub = hub;
        if (behind && loopHub != null && wire.queuedBytes() <= loopHub.settings().behindBytes()) {
            behind = false;
            loopHub.caughtUp();
        }
        return behind;
    }

    private boolean admits(int bytes) {
        LoopHub loopHub = hub;
        if (loopHub == null) {
            return false;
        }
        long limit = loopHub.settings().queueBytes();
        long queued = wire.queuedBytes();
        if (queued == 0 || queued + bytes <= limit) {
            return true;
        }
        wire.flush();
        queued = wire.queuedBytes();
        return queued == 0 || queued + bytes <= limit;
    }

    private void overflow() {
        LoopHub loopHub = hub;
        if (life == Life.OPEN && loopHub != null) {
            life = Life.ENDING;
            loopHub.listener().slow(connection.face());
            wire.close(FailureKind.SLOW_CONSUMER, "slow consumer");
            if (DirectMemory.isShort()) {
                // What waits for it is held as long as its goodbye may take.
                wire.cut();
            }
        }
    }
}
