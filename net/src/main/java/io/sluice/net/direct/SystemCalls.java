package io.sluice.net.direct;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of io_uring and what belongs to them, which neither the JDK nor Netty offers by itself. Loading this
/// class makes the JVM write code for each, some 50 ms, so it is done away from the loops. Linux only.
@SuppressWarnings("restricted") // what it calls must be so
final class SystemCalls {
    /// The same on all processors for which Netty has epoll (include/uapi/asm-generic/unistd.h).
    private static final long IO_URING_SETUP = 425;

    private static final long IO_URING_ENTER = 426;

    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED_POPULATE = 0x1 | 0x8000;
    private static final long MAP_FAILED = -1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERROR =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final AddressLayout ADDRESS = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle SETUP =
            function(
                    "syscall",
                    FunctionDescriptor.of(LONG, LONG, INT, ADDRESS),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle ENTER =
            function(
                    "syscall",
                    FunctionDescriptor.of(LONG, LONG, INT, INT, INT, INT, ADDRESS, LONG),
                    Linker.Option.firstVariadicArg(1));
    private static final MethodHandle MAP =
            function("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, LONG, INT, INT, INT, LONG));
    private static final MethodHandle UNMAP =
            function("munmap", FunctionDescriptor.of(INT, ADDRESS, LONG));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(INT, INT));

    private SystemCalls() {}

    private static MethodHandle function(
            String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = ERRNO;
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), shape, all);
    }

    /// Where a call leaves its error number.
    static MemorySegment state(Arena arena) {
        return arena.allocate(STATE);
    }

    static int error(MemorySegment state) {
        return (int) ERROR.get(state, 0L);
    }

    /// Makes a ring.
    ///
    /// @param parameters a `struct io_uring_params`; filled in
    /// @return its descriptor
    static int setup(MemorySegment state, int entries, MemorySegment parameters)
            throws IOException {
        try {
            long result = (long) SETUP.invokeExact(state, IO_URING_SETUP, entries, parameters);
            return (int) checked(result, state, "io_uring_setup");
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    /// Hands entries to the kernel, and waits until as many have ended.
    ///
    /// @return how many it took, or the negative error number
    static int enter(MemorySegment state, int ring, int entries, int ended, int flags) {
        try {
            long result =
                    (long)
                            ENTER.invokeExact(
                                    state,
                                    IO_URING_ENTER,
                                    ring,
                                    entries,
                                    ended,
                                    flags,
                                    MemorySegment.NULL,
                                    0L);
            return result < 0 ? -error(state) : (int) result;
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    /// Maps memory of a descriptor, all of it resident at once.
    static MemorySegment map(MemorySegment state, int descriptor, long offset, long bytes)
            throws IOException {
        try {
            MemorySegment mapped =
                    (MemorySegment)
                            MAP.invokeExact(
                                    state,
                                    MemorySegment.NULL,
                                    bytes,
                                    PROT_READ_WRITE,
                                    MAP_SHARED_POPULATE,
                                    descriptor,
                                    offset);
            if (mapped.address() == MAP_FAILED) {
                throw new IOException("mmap: error " + error(state));
            }
            return mapped.reinterpret(bytes);
        } catch (Throwable thrown) {
            throw rethrown(thrown);
        }
    }

    static void unmap(MemorySegment state, MemorySegment mapped) {
        try {
            int ignored = (int) UNMAP.invokeExact(state, mapped, mapped.byteSize());
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    static void close(MemorySegment state, int descriptor) {
        try {
            int ignored = (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    private static long checked(long result, MemorySegment state, String call) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": error " + error(state));
        }
        return result;
    }

    private static IOException rethrown(Throwable thrown) {
        return thrown instanceof IOException told ? told : new IOException(thrown);
    }
}
