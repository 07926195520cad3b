package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The members of a channel on one loop that are written to in one form. What they all get waits in one buffer until
/// the end of the loop's pass, or until it holds 64 KiB, and then goes to each of them as it is. A member that gets
/// something of its own in between takes a copy of its part first. Loop thread.
final class Cohort {
    static final int MOST_PENDING = 64 * 1024;

    private final Shard shard;
    private final WireForm form;
    private @Nullable Membership[] members = new Membership[2];
    private int size;
    private @Nullable ByteBuf pending;

    /// Where the runs of events in it end.
    private final Runs runs = new Runs();

    /// Outboxes hold parts of it, so it must not grow any more.
    private boolean handedOut;

    /// Listed for the pass.
    boolean listed;

    Cohort(Shard shard, WireForm form) {
        this.shard = shard;
        this.form = form;
    }

    Shard shard() {
        return shard;
    }

    WireForm form() {
        return form;
    }

    int size() {
        return size;
    }

    void add(Membership member) {
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
        }
        member.index = size;
        member.written = pending == null ? 0 : pending.writerIndex();
        members[size++] = member;
    }

    /// What waits for the member is not written; [#settle] does that before.
    void remove(Membership member) {
        int last = --size;
        Membership moved = at(last);
        members[member.index] = moved;
        moved.index = member.index;
        members[last] = null;
        if (size == 0) {
            discard();
            shard.remove(this);
        } else if (size * 4 <= members.length && members.length > 8) {
            members = Arrays.copyOf(members, size * 2);
        }
    }

    Membership at(int index) {
        Membership member = members[index];
        if (member == null) {
            throw new IllegalStateException("no member at " + index);
        }
        return member;
    }

    /// Adds one event to what waits for all members but those that it passes by.
    ///
    /// @param except member that does not get it
    void append(byte[] text, Outbound event, @Nullable Membership except) {
        LoopHub hub = shard.hub();
        if (handedOut || pending != null && !hasRoom(pending, text.length)) {
            shard.hub().pass().writeAhead(this);
        }
        ByteBuf out = pending;
        if (out == null) {
            out = hub.buffer(text.length);
            pending = out;
            hub.pass().add(this);
        }
        boolean droppable = event.keep() == Message.Keep.VOLATILE;
        boolean someBehind = droppable && hub.anyBehind();
        if (except != null) {
            except.connection.settle();
        }
        int dropped = someBehind ? settleThoseBehind(except) : 0;
        int before = out.writerIndex();
        frame(text, event, out);
        runs.add(hub.pass().run(this), out.writerIndex());
        if (except != null) {
            except.written = out.writerIndex();
        }
        if (dropped > 0) {
            skipThoseBehind(before, out.writerIndex());
            hub.listener().dropped(dropped);
        }
        hub.listener().delivered(size - dropped - (except == null ? 0 : 1));
        if (out.readableBytes() >= MOST_PENDING) {
            shard.hub().pass().writeAhead(this);
        }
    }

    /// A buffer stays as small as it may be: who is slow holds all of it for the part of it that waits.
    private static boolean hasRoom(ByteBuf out, int bytes) {
        return out.writerIndex() + bytes + LoopHub.FRAME_HEAD <= MOST_PENDING;
    }

    private void frame(byte[] text, Outbound event, ByteBuf out) {
        int before = out.writerIndex();
        try {
            form.frame(text, event, out);
        } catch (RuntimeException bug) {
            out.writerIndex(before);
            throw bug;
        }
    }

    private int settleThoseBehind(@Nullable Membership except) {
        int behind = 0;
        for (int i = 0; i < size; i++) {
            Membership member = at(i);
            if (member != except && member.connection.outbox().isBehind()) {
                member.connection.settle();
                behind++;
            }
        }
        return behind;
    }

    private void skipThoseBehind(int before, int after) {
        for (int i = 0; i < size; i++) {
            Membership member = at(i);
            if (member.written == before && member.connection.outbox().isBehind()) {
                member.written = after;
            }
        }
    }

    /// Bytes that wait for the member.
    int waiting(Membership member) {
        ByteBuf waiting = pending;
        return waiting == null ? 0 : waiting.writerIndex() - member.written;
    }

    /// Number of the run that what waits for the member begins with.
    int nextRun(Membership member) {
        return runs.numberAt(member.written);
    }

    /// Copies the rest of that run to the buffer; it no longer waits for the member.
    void copyRun(Membership member, ByteBuf to) {
        int end = runs.endAt(member.written);
        to.writeBytes(waiting(), member.written, end - member.written);
        member.written = end;
    }

    /// The rest of that run, shared, for the caller to release; it no longer waits for the member.
    ByteBuf shareRun(Membership member) {
        int from = member.written;
        member.written = runs.endAt(from);
        handedOut = true;
        return waiting().retainedSlice(from, member.written - from);
    }

    private ByteBuf waiting() {
        ByteBuf waiting = pending;
        if (waiting == null) {
            throw new IllegalStateException("nothing waits");
        }
        return waiting;
    }

    /// Adds what waits to the round, for every member. Members for which something waits in another channel too are queued
    /// all of it now, in the order in which it was published.
    void writeOut(SendRound round) {
        if (shard.isShared() && shard.hub().pass().hasSeveral()) {
            interleave();
        }
        ByteBuf waiting = take();
        if (waiting == null) {
            return;
        }
        round.hold(waiting);
        for (int i = size - 1; i >= 0; i--) {
            round.add(at(i), waiting);
        }
    }

    private void interleave() {
        for (int i = size - 1; i >= 0; i--) {
            Membership member = at(i);
            if (member.connection.awaitsMoreThan(member)) {
                Interleaving.share(member.connection);
            }
        }
    }

    private @Nullable ByteBuf take() {
        ByteBuf waiting = pending;
        pending = null;
        handedOut = false;
        runs.clear();
        return waiting;
    }

    private void discard() {
        ByteBuf waiting = take();
        if (waiting != null) {
            waiting.release();
        }
    }
}
