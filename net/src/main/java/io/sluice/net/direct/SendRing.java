package io.sluice.net.direct;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// An io_uring (io_uring_setup(2)) for sends that never wait: the kernel does all of them within one system call, each
/// takes what its socket takes at once, and all have ended when the call returns. Used by one thread at a time; its own
/// memory is 100 bytes for each entry.
final class SendRing implements AutoCloseable {
    private static final int PARAMETERS = 120;
    private static final int SQ_ENTRIES = 0;
    private static final int CQ_ENTRIES = 4;
    private static final int FEATURES = 20;
    private static final int SQ_OFFSETS = 40;
    private static final int CQ_OFFSETS = 80;
    private static final int HEAD = 0;
    private static final int TAIL = 4;
    private static final int MASK = 8;
    private static final int ARRAY = 24;
    private static final int CQES = 20;

    /// Both rings in one mapping (Linux 5.4), and sends that keep to MSG_DONTWAIT (told by FAST_POLL, Linux 5.7).
    private static final int NEEDED = 1 | 1 << 5;

    private static final long ENTRIES_OFFSET = 0x10000000L;
    private static final int ENTRY = 64;
    private static final int RESULT = 16;

    // Of an entry, struct io_uring_sqe.
    private static final int OPCODE = 0;
    private static final int DESCRIPTOR = 4;
    private static final int ADDRESS = 16;
    private static final int LENGTH = 24;
    private static final int MESSAGE_FLAGS = 28;
    private static final int TAG = 32;

    private static final byte SEND = 26;
    private static final int DONT_WAIT_NO_SIGNAL = 0x40 | 0x4000;
    private static final int GET_EVENTS = 1;
    private static final int EINTR = 4;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final VarHandle WORD = INT.varHandle();

    private final Arena arena;
    private final MemorySegment state;
    private final int descriptor;
    private final MemorySegment rings;
    private final MemorySegment entries;
    private final int capacity;
    private final long submissionHead;
    private final long submissionTail;
    private final long completionHead;
    private final long completionTail;
    private final long completions;
    private final int completionMask;
    private int tail;

    private SendRing(
            Arena arena,
            MemorySegment state,
            int descriptor,
            MemorySegment parameters,
            MemorySegment rings,
            MemorySegment entries) {
        this.arena = arena;
        this.state = state;
        this.descriptor = descriptor;
        this.rings = rings;
        this.entries = entries;
        this.capacity = parameters.get(INT, SQ_ENTRIES);
        this.completions = parameters.get(INT, CQ_OFFSETS + CQES);
        this.submissionHead = parameters.get(INT, SQ_OFFSETS + HEAD);
        this.submissionTail = parameters.get(INT, SQ_OFFSETS + TAIL);
        this.completionHead = parameters.get(INT, CQ_OFFSETS + HEAD);
        this.completionTail = parameters.get(INT, CQ_OFFSETS + TAIL);
        this.completionMask = rings.get(INT, parameters.get(INT, CQ_OFFSETS + MASK));
        int array = parameters.get(INT, SQ_OFFSETS + ARRAY);
        for (int i = 0; i < capacity; i++) {
            rings.set(INT, array + i * 4L, i);
            entries.set(ValueLayout.JAVA_BYTE, i * (long) ENTRY + OPCODE, SEND);
            entries.set(INT, i * (long) ENTRY + MESSAGE_FLAGS, DONT_WAIT_NO_SIGNAL);
        }
    }

    /// A ring for so many sends at once.
    ///
    /// @param size a power of two
    /// @throws IOException when the kernel has none, or does not let this process have one
    static SendRing open(int size) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            MemorySegment state = SystemCalls.state(arena);
            MemorySegment parameters = arena.allocate(PARAMETERS, 8);
            int descriptor = SystemCalls.setup(state, size, parameters);
            return mapped(arena, state, descriptor, parameters);
        } catch (Throwable refused) {
            arena.close();
            throw refused;
        }
    }

    private static SendRing mapped(
            Arena arena, MemorySegment state, int descriptor, MemorySegment parameters)
            throws IOException {
        MemorySegment rings = null;
        try {
            if ((parameters.get(INT, FEATURES) & NEEDED) != NEEDED) {
                throw new IOException("the kernel is too old");
            }
            rings = SystemCalls.map(state, descriptor, 0, ringBytes(parameters));
            long bytes = parameters.get(INT, SQ_ENTRIES) * (long) ENTRY;
            MemorySegment entries = SystemCalls.map(state, descriptor, ENTRIES_OFFSET, bytes);
            return new SendRing(arena, state, descriptor, parameters, rings, entries);
        } catch (Throwable refused) {
            if (rings != null) {
                SystemCalls.unmap(state, rings);
            }
            SystemCalls.close(state, descriptor);
            throw refused;
        }
    }

    private static long ringBytes(MemorySegment parameters) {
        long array = parameters.get(INT, SQ_OFFSETS + ARRAY);
        long results = parameters.get(INT, CQ_OFFSETS + CQES);
        return Math.max(
                array + parameters.get(INT, SQ_ENTRIES) * 4L,
                results + parameters.get(INT, CQ_ENTRIES) * (long) RESULT);
    }

    int capacity() {
        return capacity;
    }

    /// Puts a send at one of [#capacity] places; they are filled from 0 on.
    ///
    /// @param address of bytes that stay until [#submit] returns
    void put(int place, int socket, long address, int length) {
        long entry = (long) (tail + place & capacity - 1) * ENTRY;
        entries.set(INT, entry + DESCRIPTOR, socket);
        entries.set(LONG, entry + ADDRESS, address);
        entries.set(INT, entry + LENGTH, length);
        entries.set(LONG, entry + TAG, place);
    }

    /// Does what was put at the first places and tells how each ended.
    ///
    /// @param left what was taken is subtracted at the place of the send; nothing for one that failed
    /// @return whether the ring works; false when the kernel did not take all, what it did not take is forgotten
    boolean submit(int count, int[] left) {
        int taken = 0;
        WORD.setRelease(rings, submissionTail, tail + count);
        while (taken < count) {
            int result = SystemCalls.enter(state, descriptor, count - taken, 0, 0);
            if (result > 0) {
                taken += result;
            } else if (result != -EINTR) {
                break;
            }
        }
        tail = (int) WORD.getAcquire(rings, submissionHead);
        WORD.setRelease(rings, submissionTail, tail);
        collect(taken, left);
        return taken == count;
    }

    private void collect(int expected, int[] left) {
        int head = rings.get(INT, completionHead);
        int missing = expected;
        while (missing > 0) {
            int until = (int) WORD.getAcquire(rings, completionTail);
            missing -= until - head;
            for (; head != until; head++) {
                long result = completions + (long) (head & completionMask) * RESULT;
                int bytes = rings.get(INT, result + 8);
                if (bytes > 0) {
                    left[(int) rings.get(LONG, result)] -= bytes;
                }
            }
            WORD.setRelease(rings, completionHead, head);
            if (missing > 0) {
                await(missing);
            }
        }
    }

    /// Never needed so far, since no send waits; bytes may not be let go of before.
    private void await(int missing) {
        int result = SystemCalls.enter(state, descriptor, 0, missing, GET_EVENTS);
        if (result < 0 && result != -EINTR) {
            throw new IllegalStateException("io_uring_enter: error " + -result);
        }
    }

    @Override
    public void close() {
        SystemCalls.unmap(state, entries);
        SystemCalls.unmap(state, rings);
        SystemCalls.close(state, descriptor);
        arena.close();
    }
}
