package io.sluice.realtime.hub;

import io.netty.buffer.ByteBuf;
import io.sluice.net.direct.DirectSends;
import io.sluice.net.direct.DirectSocket;
import io.sluice.net.loop.Loop;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// What goes to many members together: straight to the sockets of those for whom nothing waits, and behind what waits for
/// the others, flushed at the end of the pass. Nobody is told of anything while a round lasts, so nobody leaves and no
/// socket is closed in the middle of it. Loop thread.
final class SendRound {
    private final Loop loop;
    private final Deque<ByteBuf> held = new ArrayDeque<>();
    private @Nullable DirectSends sends;
    private @Nullable Membership[] members = new Membership[0];
    private @Nullable ByteBuf[] buffers = new ByteBuf[0];
    private int size;

    SendRound(Loop loop) {
        this.loop = loop;
    }

    /// Adds a member that gets a part of the buffer, from where it has it up to its end.
    void add(Membership member, ByteBuf bytes) {
        int from = member.written;
        int length = bytes.writerIndex() - from;
        member.written = 0;
        if (length == 0) {
            return;
        }
        DirectSocket socket = member.direct;
        if (socket == null || !bytes.hasMemoryAddress() || !socket.isReady()) {
            queue(member, bytes, length);
        } else {
            add(member, socket, bytes, from);
        }
    }

    private void add(Membership member, DirectSocket socket, ByteBuf bytes, int from) {
        DirectSends to = sends;
        if (to != null && (size == to.room() || to.has(socket))) {
            sendAll(to);
            to = null;
            if (!socket.isReady()) {
                queue(member, bytes, bytes.writerIndex() - from);
                return;
            }
        }
        if (to == null) {
            to = begin();
        }
        to.add(socket, bytes.memoryAddress() + from, bytes.writerIndex() - from);
        members[size] = member;
        buffers[size++] = bytes;
    }

    private DirectSends begin() {
        DirectSends begun = loop.sends();
        sends = begun;
        if (members.length < begun.room()) {
            members = new Membership[begun.room()];
            buffers = new ByteBuf[begun.room()];
        }
        return begun;
    }

    /// Takes over a buffer before it is added for members; it is released when they have been sent it.
    void hold(ByteBuf bytes) {
        held.add(bytes);
    }

    /// Sends to all that were added.
    void send() {
        if (sends != null) {
            sendAll(sends);
        }
        while (!held.isEmpty()) {
            held.remove().release();
        }
    }

    private void sendAll(DirectSends to) {
        sends = null;
        to.send();
        for (int place = 0; place < size; place++) {
            int left = to.left(place);
            Membership member = members[place];
            ByteBuf bytes = buffers[place];
            if (left > 0 && member != null && bytes != null) {
                queue(member, bytes, left);
            }
            members[place] = null;
            buffers[place] = null;
        }
        size = 0;
    }

    private static void queue(Membership member, ByteBuf bytes, int last) {
        member.connection.outbox().put(bytes.retainedSlice(bytes.writerIndex() - last, last));
    }
}
