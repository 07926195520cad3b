package io.sluice.net.loop;

import io.netty.util.internal.PlatformDependent;

/// How much of the memory outside the heap is taken. All buffers come from it, and there is as much of it as of heap
/// unless `-XX:MaxDirectMemorySize` says otherwise. Any thread.
public final class DirectMemory {
    private static final double PLENTY = 0.5;
    private static final double FULL = 0.875;

    private DirectMemory() {}

    /// What one client may still have of a share: all of it while half of the memory is free, then less and less, and
    /// nothing once seven eighths are taken.
    ///
    /// @param bytes the share
    public static long allowance(long bytes) {
        long most = PlatformDependent.maxDirectMemory();
        return most <= 0 ? bytes : allowance(bytes, PlatformDependent.usedDirectMemory(), most);
    }

    /// Whether more than half of it is taken.
    public static boolean isShort() {
        return PlatformDependent.usedDirectMemory() > PlatformDependent.maxDirectMemory() * PLENTY;
    }

    static long allowance(long bytes, long used, long most) {
        double taken = (double) used / most;
        if (taken <= PLENTY) {
            return bytes;
        }
        return (long) (bytes * Math.max(0, (FULL - taken) / (FULL - PLENTY)));
    }
}
